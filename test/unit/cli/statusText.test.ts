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

describe('status', () => {
  it('has the promised layout', () => {
    assert.equal(
      statusText([status]),
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

  it('puts an empty line between instances', () => {
    assert.match(statusText([status, { ...status, name: 'resgpt' }]), /Messages: 1,245\n\nRESGPT:\n/);
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
      statusText(shown),
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
      statusText([{ ...status, runs: [run] }]),
      /\n {2}Last Run: failed - The key is rejected\.\n$/,
    );
  });

  it('says how to begin without an instance', () => {
    assert.match(statusText([]), /instances add NAME --url URL --key-env VAR\n$/);
  });
});
