import assert from 'node:assert/strict';
import { shownStatus, statusText } from '../../../src/cli/statusText';
import { NEVER_SYNCED, type InstanceStatus } from '../../../src/store/runs';

const status: InstanceStatus = {
  ...NEVER_SYNCED,
  instanceId: 1,
  name: 'fasgpt',
  url: 'https://fasgpt.example',
  lastSync: '2025-11-16 14:30:15',
  users: 38,
  chats: 482,
  messages: 1245,
};
const instance = { id: 1, name: 'fasgpt', url: 'https://fasgpt.example', enabled: true };

const at = { now: Date.UTC(2025, 10, 16, 15), zone: 'UTC' };

describe('status', () => {
  it('has the promised layout', () => {
    assert.equal(
      statusText([status], at),
      `======================================================================
                            SYNC STATUS
======================================================================

FASGPT:
  Last Sync: 2025-11-16 14:30:15
  Users: 38
  Chats: 482
  Messages: 1,245
`,
    );
  });

  it('has one line about a database that has grown large', () => {
    const sized = (imageBytes: number) => statusText([status], at, { sizes: { imageBytes, shardBytes: 0 } });
    assert.equal(sized(268_435_455), statusText([status], at));
    assert.match(
      sized(268_435_456),
      /1,245\n\nThe database has grown to 268\.4 MB\. To make room: free-up\n$/,
    );
  });

  it('has one line about a disk without hard links', () => {
    assert.match(
      statusText([status], at, { hasNoHardLinks: true }),
      /1,245\n\nThe disk of the data folder has no hard links: only this computer may sync into it\.\n$/,
    );
  });

  it('puts an empty line between instances', () => {
    assert.match(statusText([status, { ...status, name: 'resgpt' }], at), /Messages: 1,245\n\nRESGPT:\n/);
  });

  it('shows instances that were never synced, under their present name', () => {
    const shown = shownStatus(
      [
        { ...instance, name: 'renamed' },
        { ...instance, id: 2, name: 'new' },
      ],
      [status],
    );
    assert.match(
      statusText(shown, at),
      /RENAMED:\n {2}Last Sync: 2025[^]*NEW:\n {2}Last Sync: never\n {2}Users: 0\n/,
    );
  });

  it('shows the error of a sync that failed', () => {
    const run = {
      runId: 'r',
      instanceId: 1,
      kind: 'full',
      trigger: 'cli',
      startedAt: 1,
      clientVersion: '1',
      status: 'failed',
      error: 'The key is rejected.',
      counts: {} as never,
      streams: [],
      notes: [],
      walk: 'complete',
    } as const;
    assert.match(
      statusText([{ ...status, runs: [run] }], at),
      /\n {2}Last Run: failed - The key is rejected\.\n$/,
    );
  });

  it('says how to begin without an instance', () => {
    assert.match(statusText([], at), /instances add NAME --url URL --key-env VAR\n$/);
  });

  it('says below an instance what needs somebody, and until when the timer waits', () => {
    const since = Date.UTC(2025, 10, 1) / 1000;
    const text = statusText(
      [
        {
          ...status,
          privacy: 'pseudonyms',
          problems: [{ stream: 'chats', code: 'chatAccessOff', since }],
          heldDeletions: 60,
          nextAllowedEpoch: at.now / 1000 + 600,
        },
      ],
      at,
    );
    assert.equal(
      text.slice(text.indexOf('Messages:')),
      [
        'Messages: 1,245',
        '  Privacy: pseudonyms',
        '  Chats cannot be read since 2025-11-01 (chat access is off)',
        '  Held Back: 60 deletions. To see them: deletions fasgpt',
        '  Timer Waits Until: 2025-11-16 15:10:00',
        '',
      ].join('\n'),
    );
  });

  it('says nothing of a wait that is over', () => {
    assert.doesNotMatch(statusText([{ ...status, nextAllowedEpoch: at.now / 1000 }], at), /Timer/);
  });

  it('knows the privacy mode of an instance that was never synced', () => {
    const [shown] = shownStatus([{ ...instance, privacy: 'counts' }], []);
    assert.equal(shown?.privacy, 'counts');
  });
});
