import assert from 'node:assert/strict';
import { readSpec, specText } from '../../../../src/webview/results/chart/specText';

const read = (spec: object): ReturnType<typeof readSpec> => readSpec(JSON.stringify(spec), 'result');
const problemOf = (spec: object): string => read(spec).problem ?? '';

describe('a spec that people edit', () => {
  it('draws the rows of its result, whatever it says of data', () => {
    const { spec } = read({ mark: 'bar', data: { name: 'else' } }) as { readonly spec: object };
    assert.deepEqual(spec, { mark: 'bar', data: { name: 'result' } });
  });

  it('comes back as it was written', () => {
    const written = specText({ mark: 'bar', data: { name: 'result' }, encoding: {} });
    const { spec } = readSpec(written, 'result') as { readonly spec: object };
    assert.deepEqual(spec, JSON.parse(written));
  });

  it('loads nothing and changes nothing of the page', () => {
    assert.match(problemOf({ mark: 'bar', data: { url: 'https://example.org/a.json' } }), /"url"/);
    assert.match(problemOf({ layer: [{ mark: 'bar', data: { url: 'a.csv' } }] }), /"url"/);
    assert.match(problemOf({ mark: 'bar', encoding: { href: { field: 'label' } } }), /"href"/);
    assert.match(problemOf({ mark: 'bar', usermeta: { embedOptions: { actions: true } } }), /"usermeta"/);
    assert.match(problemOf({ mark: 'bar', datasets: { result: [] } }), /"datasets"/);
  });

  it('says what is wrong with it', () => {
    assert.match(readSpec('{', 'result').problem ?? '', /This is no JSON/);
    assert.match(readSpec('[]', 'result').problem ?? '', /a JSON object/);
  });
});
