import assert from 'node:assert/strict';
import type { NodeModel } from '../../../src/extension/views/nodeModel';
import { failedInstances } from '../../../src/extension/views/instanceView';
import { treeOf } from '../../../src/extension/views/nodes';
import { aMirrorStatus, anInstance, aRun, aShownRun, aStatus, aView, HALF_PAST_TWO, NOW } from './builders';

function only(nodes: readonly NodeModel[]): NodeModel {
  assert.equal(nodes.length, 1);
  return nodes[0]!;
}

function childrenOf(node: NodeModel, token: string): readonly NodeModel[] {
  return node.children.filter(({ contextValue }) => contextValue.includes(token));
}

describe('the tree of instances', () => {
  it('tells chats, last and next sync of an instance that is up to date', () => {
    const node = only(treeOf(aView({ nextRuns: new Map([[1, NOW + 600_000]]) })));
    assert.equal(node.label, 'fasgpt');
    assert.equal(node.description, '482 chats · last sync 14:30 · next 15:00');
    assert.equal(node.contextValue, 'type=instance,state=idle,auth=ok');
  });

  it('shows users, chats, messages and syncs below it', () => {
    const labels = only(treeOf(aView())).children.map(({ label, description }) =>
      [label, description].filter(Boolean).join(' '),
    );
    assert.deepEqual(labels, [
      '38 users',
      '482 chats',
      '1,245 messages',
      'Last sync 14:30',
      'Next sync on demand',
      'Incremental sync 14:30 · 3.1 s · 12 new, 3 changed · 15 requests',
    ]);
  });

  it('says that an instance was not synced yet', () => {
    assert.equal(only(treeOf(aView({ status: aMirrorStatus() }))).description, 'not synced yet');
  });

  it('counts while a run is under way, and offers to cancel instead of to sync', () => {
    const node = only(treeOf(aView({ running: [aShownRun()] })));
    assert.equal(node.description, 'chats 120 of 482');
    assert.equal(node.icon.id, 'sync~spin');
    assert.match(node.contextValue, /\bstate=running\b/);
    const active = only(childrenOf(node, 'type=activeRun'));
    assert.equal(active.description, 'chats 120 of 482 · nothing changed · 130 requests');
  });

  it('keeps the id of a run from its progress to its end', () => {
    const during = only(childrenOf(only(treeOf(aView({ running: [aShownRun()] }))), 'type=activeRun'));
    const ended = aView({ status: aMirrorStatus(aStatus({ runs: [aRun({ runId: 'run-2' })] })) });
    assert.equal(only(childrenOf(only(treeOf(ended)), 'type=run')).id, during.id);
  });

  it('does not list a run twice while the status on disk tells of it too', () => {
    const status = aMirrorStatus(aStatus({ runs: [aRun({ runId: 'run-2', status: 'running' })] }));
    const node = only(treeOf(aView({ status, running: [aShownRun()] })));
    assert.equal(childrenOf(node, 'type=run').length, 0);
  });

  it('says so when an instance waits for its turn', () => {
    const node = only(treeOf(aView({ running: [aShownRun({ phase: 'queued' })] })));
    assert.equal(node.description, 'waiting for its turn');
  });

  it('says that what a cancelled run fetched is kept', () => {
    const run = aRun({ status: 'cancelled' });
    const node = only(treeOf(aView({ status: aMirrorStatus(aStatus({ runs: [run] })) })));
    assert.equal(node.description, '482 chats · cancelled 14:30');
    assert.equal(only(childrenOf(node, 'fact=note')).label, 'Cancelled: what was fetched is kept');
    assert.match(only(childrenOf(node, 'type=run')).description ?? '', /what was fetched is kept/);
  });

  it('shows the error of a failed run at the instance and at the run', () => {
    const run = aRun({ status: 'failed', error: 'The name x is not known.', errorCode: 'dns' });
    const view = aView({ status: aMirrorStatus(aStatus({ runs: [run] })) });
    const node = only(treeOf(view));
    assert.equal(node.icon.id, 'error');
    assert.equal(only(childrenOf(node, 'fact=error')).label, 'The name x is not known.');
    assert.match(only(childrenOf(node, 'type=run')).description ?? '', /The name x is not known/);
    assert.equal(failedInstances(view).length, 1);
  });

  it('offers to run again what did not end well, and nothing else', () => {
    const tokens = (status: 'ok' | 'partial' | 'failed' | 'cancelled' | 'interrupted' | 'deferred') => {
      const view = aView({ status: aMirrorStatus(aStatus({ runs: [aRun({ status })] })) });
      return only(childrenOf(only(treeOf(view)), 'type=run')).contextValue;
    };
    assert.equal(tokens('ok'), 'type=run,status=ok');
    for (const status of ['partial', 'failed', 'cancelled', 'interrupted', 'deferred'] as const) {
      assert.match(tokens(status), /\bretry=offered\b/, status);
    }
  });

  it('asks for a key when there is none', () => {
    const view = aView({ signInProblems: new Map([[1, 'No key is stored for fasgpt.example.org.']]) });
    const node = only(treeOf(view));
    assert.equal(node.description, '482 chats · key needed');
    assert.match(node.contextValue, /\bauth=needed\b/);
    assert.equal(failedInstances(view).length, 1);
  });

  it('shows names from servers literally in tooltips', () => {
    const name = '[x](command:evil) **b** <img>';
    const node = only(treeOf(aView({ instances: [anInstance({ name })] })));
    assert.ok(!(node.tooltip ?? '').includes('[x](command:evil)'));
    assert.ok(!(node.tooltip ?? '').includes('<img>'.replace('<', ' <')));
  });

  it('tells how many requests a run has made of those that are expected', () => {
    const running = [aShownRun({ expectedRequests: 520 })];
    const active = only(childrenOf(only(treeOf(aView({ running }))), 'type=activeRun'));
    assert.equal(active.description, 'chats 120 of 482 · nothing changed · 130 of about 520 requests');
  });

  it('names the privacy mode where it is not the full one', () => {
    assert.deepEqual(childrenOf(only(treeOf(aView())), 'fact=privacy'), []);
    const node = only(treeOf(aView({ instances: [anInstance({ privacy: 'names' })] })));
    assert.equal(only(childrenOf(node, 'fact=privacy')).description, 'Names without Text');
    assert.match(node.tooltip ?? '', /Privacy: Names without Text/);
  });

  it('says what cannot be read, since when and why, and keeps the counts', () => {
    const problems = [{ stream: 'chats', code: 'chatAccessOff', since: HALF_PAST_TWO }] as const;
    const node = only(treeOf(aView({ status: aMirrorStatus(aStatus({ problems })) })));
    const fact = only(childrenOf(node, 'fact=problem'));
    assert.equal(fact.label, 'Chats cannot be read since 2025-11-16');
    assert.equal(fact.description, 'chat access is off');
    assert.match(node.description ?? '', /^482 chats/);
    assert.match(node.tooltip ?? '', /chat access is off/);
  });

  it('shows deletions that wait for a person, and offers to review them', () => {
    const node = only(treeOf(aView({ status: aMirrorStatus(aStatus({ heldDeletions: 60 })) })));
    assert.equal(node.description, '482 chats · last sync 14:30 · 60 deletions held back');
    assert.equal(node.icon.id, 'warning');
    assert.match(node.contextValue, /\bheld=some\b/);
    assert.equal(only(childrenOf(node, 'fact=held')).label, '60 deletions held back');
  });

  it('says until when the timer leaves a server alone', () => {
    const pausedUntil = (epoch: number) => {
      const view = aView({ status: aMirrorStatus(aStatus({ nextAllowedEpoch: epoch })) });
      return childrenOf(only(treeOf(view)), 'fact=paused').map(({ description }) => description);
    };
    assert.deepEqual(pausedUntil(NOW / 1000 + 600), ['until 15:00']);
    assert.deepEqual(pausedUntil(NOW / 1000 - 600), []);
  });

  it('says when a sign-in ends that nobody renews', () => {
    const view = aView({ signInEnds: new Map([[1, NOW + 600_000]]) });
    assert.equal(only(childrenOf(only(treeOf(view)), 'fact=signInEnd')).description, '15:00');
  });

  it('writes the date of a sync on another day', () => {
    const node = only(treeOf(aView({ now: NOW + 86_400_000 })));
    assert.match(node.description ?? '', /last sync 2025-11-16 14:30/);
  });

  it('tells local times in the zone of the mirror', () => {
    assert.match(only(treeOf(aView({ zone: 'Europe/Berlin' }))).description ?? '', /last sync 15:30/);
  });

  it('never shows a next sync in the past', () => {
    const node = only(treeOf(aView({ nextRuns: new Map([[1, NOW - 3_600_000]]) })));
    assert.match(node.description ?? '', /next 14:50/);
  });

  it('keeps the order of instances', () => {
    const instances = [anInstance({ id: 2, name: 'b' }), anInstance({ id: 1, name: 'a' })];
    assert.deepEqual(
      treeOf(aView({ instances })).map(({ label }) => label),
      ['b', 'a'],
    );
  });
});
