import assert from 'node:assert/strict';
import { createProgressView } from '../../../src/cli/progress';
import { NO_CHANGES } from '../../../src/store/runs';
import type { RunProgress, SyncEvent } from '../../../src/sync/engine/syncTypes';

function setup(columns: number | undefined) {
  const written: string[] = [];
  const view = createProgressView({
    env: {},
    out: () => assert.fail('progress is no result'),
    err: (text) => written.push(text),
    ask: undefined,
    askSecret: undefined,
    columns,
    signal: new AbortController().signal,
  });
  return { view, written };
}

function progress(phase: RunProgress['phase'], done: number, total?: number): SyncEvent {
  return {
    type: 'progress',
    progress: {
      runId: 'r1',
      instanceId: 1,
      instanceName: 'fasgpt',
      kind: 'full',
      trigger: 'cli',
      phase,
      done,
      total,
      requests: 1,
      counts: NO_CHANGES,
    },
  };
}

describe('progress of a sync', () => {
  it('is one line per phase where nobody watches', () => {
    const { view, written } = setup(undefined);
    view.show(progress('connecting', 0));
    view.show(progress('chats', 0, 482));
    view.show(progress('chats', 120, 482));
    assert.deepEqual(written, ['fasgpt: connecting\n', 'fasgpt: chats 0 of 482\n']);
  });

  it('is a bar with real counts on a terminal, no wider than that', () => {
    const { view, written } = setup(40);
    view.show(progress('chats', 241, 482));
    assert.equal(written.at(-1), '[##########..........]  fasgpt: chats 2');
  });
});
