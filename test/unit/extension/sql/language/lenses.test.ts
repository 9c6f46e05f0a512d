import assert from 'node:assert/strict';
import { queryLenses } from '../../../../../src/extension/sql/language/lenses/queryLenses';

const VALUES: Readonly<Record<string, string | number | null>> = {
  ':from': '2026-11-01',
  ':model': null,
  ':long': 'x'.repeat(100),
};
const lenses = (script: string): [number, string][] =>
  queryLenses(script, (name) => VALUES[name]).map(({ offset, title }) => [offset, title]);

describe('lenses of a query document', () => {
  it('offer Run and Explain above each statement, none for comments', () => {
    assert.deepEqual(lenses('-- first\nSELECT 1;\n\nSELECT 2\n-- end'), [
      [9, '$(play) Run'],
      [9, 'Explain'],
      [20, '$(play) Run'],
      [20, 'Explain'],
    ]);
  });

  it('say the values of the statement’s parameters and which will be asked for', () => {
    assert.deepEqual(
      lenses('SELECT :from, :to, :model, :from')
        .slice(2)
        .map(([, title]) => title),
      [':from = 2026-11-01', ':to = ?', ':model = NULL'],
    );
  });

  it('cut long values', () => {
    assert.equal(lenses('SELECT :long')[2]?.[1], `:long = ${'x'.repeat(30)}…`);
  });

  it('carry what their commands need', () => {
    const [run, , parameter] = queryLenses(' SELECT :from', () => undefined);
    assert.deepEqual([run?.command, run?.argument], ['openwebuiSync.runQuery', 1]);
    assert.deepEqual(
      [parameter?.command, parameter?.argument],
      ['openwebuiSync.changeQueryParameters', [':from']],
    );
  });
});
