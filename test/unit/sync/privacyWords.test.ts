import assert from 'node:assert/strict';
import { leftText, planLines, removedText } from '../../../src/sync/privacyWords';

describe('the words about a purge', () => {
  const plan = {
    rows: { users: 1, message: 1_244, chats: 0 },
    files: ['db/00000001.db', 'daily/2026-01-01.db'],
  };

  it('sum up rows and files', () => assert.equal(removedText(plan), '1,245 rows and 2 files'));

  it('list tables that lose rows, and files up to a limit', () => {
    assert.deepEqual(planLines(plan, 1), [
      'Rows of the database:',
      '  users: 1',
      '  message: 1,244',
      'Files that are deleted, since they may hold it:',
      '  db/00000001.db',
      '  and 1 more file',
    ]);
  });

  it('name files that could not be deleted, and what to do', () => {
    assert.match(leftText({ filesLeft: ['db/00000001.db'] }), /db\/00000001\.db\. Close it; the next sync/);
    assert.equal(leftText({ filesLeft: [] }), '');
  });
});
