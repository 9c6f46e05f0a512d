import assert from 'node:assert/strict';
import {
  absenceWords,
  badgesOf,
  factWords,
  roleWords,
  sumWords,
} from '../../../../src/webview/conversation/words';
import { messageOf } from './builders';

describe('the words of a conversation', () => {
  it('tell what is known, and nothing of what is not', () => {
    assert.deepEqual(factWords(messageOf(1)), []);
    const facts = factWords(
      messageOf(1, {
        inputTokens: 1_200,
        cachedTokens: 1_000,
        outputTokens: 0,
        reasoningTokens: 0,
        durationMs: 12_340,
        files: 1,
        images: 2,
        citations: 3,
        toolCalls: 1,
        rating: -1,
      }),
    );
    assert.deepEqual(facts, [
      'Tokens: 1,200 in (1,000 cached) · 0 out',
      '12.3 s',
      '1 file',
      '2 images not kept',
      '3 citations',
      '1 tool call',
      'Rated bad',
    ]);
  });

  it('mark what is unlike other messages', () => {
    assert.deepEqual(badgesOf(messageOf(1)), []);
    const odd = messageOf(1, { isDeleted: true, isError: true, isDone: false, isCopy: true });
    assert.deepEqual(
      badgesOf(odd).map(({ word }) => word),
      ['deleted', 'error', 'unfinished', 'copy'],
    );
  });

  it('say why there is no text', () => {
    assert.equal(absenceWords({ kind: 'empty' }), 'No text.');
    assert.equal(absenceWords({ kind: 'private' }), 'The privacy mode keeps no text.');
    assert.match(absenceWords({ kind: 'removed', chars: 1_500 }), /^The text \(1,500 characters\) is not in/);
    assert.equal(absenceWords({ kind: 'unreadable', message: 'File x is damaged.' }), 'File x is damaged.');
  });

  it('sum up tokens as reports do: each message once', () => {
    const messages = [
      messageOf(1, { inputTokens: 10 }),
      messageOf(2, { inputTokens: 5, outputTokens: 7 }),
      messageOf(3, { inputTokens: 99, isCopy: true }),
    ];
    assert.equal(sumWords(messages), '3 messages · Tokens: 15 in · 7 out');
    assert.equal(sumWords([messageOf(1)]), '1 message');
  });

  it('name a role as the server does where it is not known', () => {
    assert.equal(roleWords('assistant'), 'Assistant');
    assert.equal(roleWords('critic'), 'critic');
  });
});
