import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textParts } from '../../../../src/webview/conversation/textParts';

const shown = (text: string): string[][] => textParts(text).map((part) => [part.kind, part.text]);

describe('the parts of a text', () => {
  it('are the text itself where nothing is fenced', () => {
    const text = '  two\n\n  lines, and `code` in one\n';
    assert.deepEqual(shown(text), [['prose', text]]);
  });

  it('tell fenced code from what stands around it', () => {
    const text = 'See:\n\n```ts\nconst a = `b`;\n\n  c();\n```\n\n  and so on\n~~~\n```\n~~~';
    assert.deepEqual(shown(text), [
      ['prose', 'See:'],
      ['code', 'const a = `b`;\n\n  c();'],
      ['prose', '  and so on'],
      ['code', '```'],
    ]);
  });

  it('take a fence without an end to the end', () => {
    assert.deepEqual(shown('```\nstill being written'), [['code', 'still being written']]);
    assert.deepEqual(shown('```'), []);
  });

  it('hold text as it stands in the whole, each behind the one before', () => {
    const line = fc.constantFrom('```', '~~~', '````', 'a', '', '  b ', '```js');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        let end = 0;
        for (const part of textParts(text)) {
          assert.ok(part.start >= end);
          assert.equal(text.slice(part.start, part.start + part.text.length), part.text);
          end = part.start + part.text.length;
        }
        const letters = (value: string) => value.replaceAll(/[^ab]/g, '');
        assert.equal(
          letters(
            textParts(text)
              .map((part) => part.text)
              .join(''),
          ),
          letters(text),
        );
      }),
    );
  });
});
