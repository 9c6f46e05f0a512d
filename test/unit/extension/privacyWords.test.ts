import assert from 'node:assert/strict';
import { planText, privacyItems, removedText } from '../../../src/extension/privacy/privacyWords';
import { PRIVACY_MODES } from '../../../src/store/privacy';

describe('the privacy modes in words', () => {
  it('are offered from most to least, each with one line, the one in force marked', () => {
    const items = privacyItems('names');
    assert.deepEqual(
      items.map(({ value }) => value),
      PRIVACY_MODES,
    );
    assert.deepEqual(
      items.filter(({ description }) => description !== undefined).map(({ value }) => value),
      ['names'],
    );
    for (const { detail } of items) {
      assert.doesNotMatch(detail, /\n/);
    }
  });
});

describe('what a purge removes', () => {
  const plan = {
    rows: { message_text: 1245, chats: 482, feedback: 0 },
    files: ['db/00000001.db', 'corrupt/x.db'],
  };

  it('is listed: rows by table, files by name', () => {
    assert.equal(
      planText(plan),
      [
        'Rows of the database:',
        '  message_text: 1,245',
        '  chats: 482',
        'Files that are deleted, since they may hold it:',
        '  db/00000001.db',
        '  corrupt/x.db',
      ].join('\n'),
    );
    assert.equal(removedText(plan), '1,727 rows and 2 files');
  });

  it('never makes the dialog longer than the screen', () => {
    const files = Array.from({ length: 40 }, (_, index) => `db/${index}.db`);
    const lines = planText({ rows: {}, files }).split('\n');
    assert.ok(lines.length < 20);
    assert.equal(lines.at(-1), '  and 25 more files');
  });
});
