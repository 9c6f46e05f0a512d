import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markFinder, snippetOf } from '../../../../src/store/search/findMarks';
import type { Needle } from '../../../../src/store/search/searchTypes';

const words = (text: string, isPrefix = false): Needle => ({
  kind: 'words',
  words: text.split(' '),
  isPrefix,
});
const characters = (text: string): Needle => ({ kind: 'characters', text });

function marked(text: string, ...needles: readonly Needle[]): string[] {
  return (markFinder(needles)?.(text, Infinity) ?? []).map(([start, end]) => text.slice(start, end));
}

describe('marks of what was found', () => {
  it('stand at whole words, whatever their case and accents', () => {
    assert.deepEqual(marked('Über uns, ÜBER alles, darüber', words('uber')), ['Über', 'ÜBER']);
    assert.deepEqual(marked('Cafe\u0301s cafe', words('cafe', true)), ['Cafe\u0301s', 'cafe']);
  });

  it('span a phrase, whatever is between its words', () => {
    assert.deepEqual(marked('the next\n “quarter” next', words('next quarter')), ['next\n “quarter']);
  });

  it('stand at characters anywhere', () => {
    assert.deepEqual(marked('来年の予算について', characters('予算')), ['予算']);
    assert.deepEqual(marked('a.b a+b', characters('a.b')), ['a.b']);
  });

  it('are found behind the first part of a long text, once each', () => {
    const text = `${'x '.repeat(32_767)}budget ${'é '.repeat(70_000)}budget`;
    assert.deepEqual(marked(text, words('budget')), ['budget', 'budget']);
  });

  it('never leave the text, and never overlap', () => {
    const needle = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }).map(characters),
      fc.string({ minLength: 1, maxLength: 3 }).map((text) => words(text, true)),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(needle, { minLength: 1 }), (text, needles) => {
        let last = 0;
        for (const [start, end] of markFinder(needles)?.(text, Infinity) ?? []) {
          assert.ok(last <= start && start <= end && end <= text.length);
          last = end;
        }
      }),
    );
  });
});

describe('a snippet', () => {
  it('is the whole of a short text', () => {
    assert.deepEqual(snippetOf('a  short\ntext', markFinder([words('short')])), {
      text: 'a short text',
      marks: [[2, 7]],
    });
  });

  it('shows the beginning where nothing can be marked', () => {
    const { text, marks } = snippetOf('word '.repeat(100), markFinder([words('other')]));
    assert.match(text, /^(word )+word…$/u);
    assert.deepEqual(marks, []);
  });

  it('cuts no character in two', () => {
    const { text } = snippetOf(`${'🎉'.repeat(200)}budget${'🎉'.repeat(200)}`, markFinder([words('budget')]));
    assert.match(text, /^…🎉+budget🎉+…$/u);
  });
});
