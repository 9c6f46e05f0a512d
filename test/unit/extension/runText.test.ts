import assert from 'node:assert/strict';
import { runText } from '../../../src/extension/views/runText';
import { NO_CHANGES } from '../../../src/store/runs';
import { aRun } from './builders';

describe('the details of a run', () => {
  it('tells all counters per stream, in columns', () => {
    const streams = [
      { stream: 'users', status: 'ok', counts: { ...NO_CHANGES, seen: 38, unchanged: 38 }, requests: 2 },
      {
        stream: 'chats',
        status: 'ok',
        counts: { ...NO_CHANGES, seen: 1482, inserted: 12, updated: 3 },
        requests: 13,
      },
    ] as const;
    const text = runText(
      aRun({ streams, serverVersion: '0.9.6', retries: 1, bytesReceived: 84_200 }),
      'fasgpt',
      'UTC',
    );
    assert.equal(
      text,
      [
        'Incremental sync of fasgpt',
        '==========================',
        '',
        'Status    done',
        'Looked at users who were active since the last sync',
        'Started   2025-11-16 14:30:12, by hand',
        'Finished  2025-11-16 14:30:15 after 3.1 s',
        'Requests  15, 1 retry, 84.2 kB received',
        'Server    Open WebUI 0.9.6',
        'Version   OpenWebUI Sync 0.1.0',
        'Run       run-1',
        '',
        '            Users  Chats',
        'Seen           38  1,482',
        'New             0     12',
        'Changed         0      3',
        'Unchanged      38      0',
        'Deleted         0      0',
        'Restored        0      0',
        'Unreadable      0      0',
        'Held back       0      0',
        'Requests        2     13',
        'Result         ok     ok',
        '',
      ].join('\n'),
    );
  });

  it('tells each error with its code, and the next step', () => {
    const streams = [
      {
        stream: 'files',
        status: 'failed',
        counts: NO_CHANGES,
        requests: 1,
        error: 'Ask somebody.',
        errorCode: 'forbidden',
      },
    ] as const;
    const text = runText(aRun({ status: 'partial', streams }), 'fasgpt', 'UTC');
    assert.match(text, /Errors\n {2}Files: Ask somebody\. \(forbidden\)/);
    assert.match(text, /Next step\n {2}Run Sync again/);
  });

  it('sends to the sign-in when the key was rejected', () => {
    const text = runText(aRun({ status: 'failed', error: 'x', errorCode: 'keyRejected' }), 'fasgpt', 'UTC');
    assert.match(text, /Run Sign In Again/);
  });

  it('says that what a cancelled run fetched is kept', () => {
    assert.match(
      runText(aRun({ status: 'cancelled' }), 'fasgpt', 'UTC'),
      /Status {4}cancelled · what was fetched is kept/,
    );
  });

  it('tells of deletions that were held back, and what to do', () => {
    const text = runText(aRun({ counts: { ...NO_CHANGES, heldBack: 60 } }), 'fasgpt', 'UTC');
    assert.match(text, /60 deletions looked too many at once and were held back\. Run Review Deletions\./);
  });

  it('tells how many requests were expected beside those that were made', () => {
    const text = runText(aRun({ expectedRequests: 14, retries: 0 }), 'fasgpt', 'UTC');
    assert.match(text, /Requests {2}15, about 14 expected\n/);
  });

  it('tells whom the run looked at, and what a reader should know though nothing failed', () => {
    const notes = [{ code: 'newerVersion', message: 'Open WebUI 0.13 is newer than this version knows.' }];
    const text = runText(aRun({ walk: 'complete', notes }), 'fasgpt', 'UTC');
    assert.match(text, /Looked at everybody\n/);
    assert.match(text, /Notes\n {2}Open WebUI 0\.13 is newer than this version knows\.\n/);
  });

  it('tells of a clock that is far off, and of no other', () => {
    const run = aRun({ serverVersion: '0.9.6', skewMs: -600_000 });
    assert.match(runText(run, 'fasgpt', 'UTC'), /its clock is 10 min behind/);
    assert.doesNotMatch(runText({ ...run, skewMs: 2000 }, 'fasgpt', 'UTC'), /clock/);
  });
});
