import assert from 'node:assert/strict';
import type { KnownProblem } from '../../../../src/store/mirrorFacts';
import type { StreamName } from '../../../../src/store/records';
import { notesOf, type RunFindings } from '../../../../src/sync/engine/notes';

const NOW = 1_800_000_000;
const MINUTE_MS = 60_000;

function notes(findings: Partial<RunFindings>) {
  return notesOf({
    startedAt: NOW - 60,
    now: NOW,
    problems: new Map(),
    chatsSetAside: 0,
    chatsLeftOut: 0,
    ...findings,
  });
}

const messages = (findings: Partial<RunFindings>) => notes(findings).map(({ message }) => message);

describe('the notes of a run', () => {
  it('are none when there is nothing to say', () => {
    assert.deepEqual(notes({ skewMs: 1_200, serverVersion: '0.9.6', versionBefore: '0.9.6' }), []);
  });

  it('tell that the clocks are more than five minutes apart, and which is ahead', () => {
    assert.deepEqual(messages({ skewMs: 5 * MINUTE_MS }), []);
    assert.match(messages({ skewMs: 7 * MINUTE_MS })[0]!, /^The server’s clock is 7 minutes ahead\./);
    assert.match(messages({ skewMs: -61 * MINUTE_MS })[0]!, /61 minutes behind/);
  });

  it('tell that the server changed its version since the last run', () => {
    assert.deepEqual(messages({ serverVersion: '0.9.6', versionBefore: '0.9.5' }), [
      'Open WebUI changed from 0.9.5 to 0.9.6 since the last sync.',
    ]);
  });

  it('tell that the version is not among the tested ones', () => {
    assert.deepEqual(
      ['9.0.0', '0.1.2', 'main'].map((serverVersion) => notes({ serverVersion })[0]?.code),
      ['versionNewer', 'versionOlder', 'versionUnknown'],
    );
  });

  it('name streams that could not be read before this run either, and for how long', () => {
    const problem = (since: number): KnownProblem => ({ code: 'chatAccessOff', since, triedAt: NOW });
    const problems = new Map<StreamName, KnownProblem>([
      ['chats', problem(NOW - 3 * 3_600)],
      ['files', problem(NOW - 3 * 86_400 - 60)],
      ['feedback', problem(NOW - 30)],
    ]);
    assert.deepEqual(messages({ problems }), [
      'Chats: unreadable for 3 h (chatAccessOff). What was mirrored before is kept.',
      'Files: unreadable for 3 days (chatAccessOff). What was mirrored before is kept.',
    ]);
  });

  it('tell how many chats could not be read, in this run and before', () => {
    assert.match(messages({ chatsSetAside: 1 })[0]!, /^1 chat could not be read and will be tried again/);
    assert.match(messages({ chatsLeftOut: 2 })[0]!, /^2 chats could not be read/);
  });
});
