import assert from 'node:assert/strict';
import type { CheckFinding, CheckReport } from '../../../../src/store/check/checkTypes';
import { checkResult, checkText, hasLosses, refetchText } from '../../../../src/sync/texts/checkText';

const NOTHING = { messages: 0, fetchable: 0, chats: 0 };

function report(findings: readonly CheckFinding[], changes: Partial<CheckReport> = {}): CheckReport {
  return { generation: 2, file: 'db/00000002.db', findings, lost: NOTHING, ...changes };
}

const SOUND: CheckFinding = { file: 'db/00000002.db', severity: 'ok', what: 'file', sentence: 'sound' };
const EDITED: CheckFinding = {
  ...{ file: 'openwebui_sync.db', severity: 'warning', what: 'seal' },
  sentence: 'Another program has changed it.',
};
const LOST: CheckFinding = {
  ...{ file: 'db/00000002.db', severity: 'damage', what: 'texts' },
  sentence: 'The file content/0001-a.db is missing. Messages without their text: 4.',
  nextStep: '"Fetch Again" helps.',
};

describe('the words about a check', () => {
  it('say in one sentence what it comes to', () => {
    assert.equal(checkResult(report([])), 'There is no database yet');
    assert.equal(checkResult(report([SOUND])), 'Everything is sound');
    assert.equal(checkResult(report([SOUND, EDITED])), 'The database is sound; there is something to know');
    assert.equal(checkResult(report([LOST, LOST, EDITED])), 'Damage was found in 1 file');
  });

  it('list each file, damage first, with the next step', () => {
    const lost = { messages: 4, fetchable: 3, chats: 2 };
    assert.equal(
      checkText(report([SOUND, EDITED, LOST], { lost })),
      `Check of the database
=====================

Damage was found in 1 file.
In use: db/00000002.db

Damage
  db/00000002.db: The file content/0001-a.db is missing. Messages without their text: 4.
    "Fetch Again" helps.

To know
  openwebui_sync.db: Another program has changed it.

Sound
  db/00000002.db

Messages without their text: 4.
"Fetch Again" has the next syncs read 2 chats anew, with 3 messages of these.
1 message gone from the server: the rows stay, their text may be in a backup.
`,
    );
  });

  it('say that an empty database follows where no file can be used', () => {
    assert.match(
      checkText(report([LOST], { file: undefined })),
      /No file can be used: the next sync begins an empty/u,
    );
  });

  it('offer to fetch only what can be fetched', () => {
    assert.equal(hasLosses(report([SOUND])), false);
    assert.equal(hasLosses(report([LOST], { lost: { messages: 1, fetchable: 0, chats: 0 } })), true);
    const published = { generation: 3, published: true };
    assert.equal(
      refetchText({ messages: 4, fetchable: 3, chats: 2, ...published }),
      'The next syncs fetch 2 chats again. 1 message gone from the server: kept without text.',
    );
    assert.equal(refetchText({ ...NOTHING, chats: 1, ...published }), 'The next syncs fetch 1 chat again.');
  });
});
