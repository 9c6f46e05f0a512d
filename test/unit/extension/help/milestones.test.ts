import assert from 'node:assert/strict';
import { Milestones, type Milestone } from '../../../../src/extension/help/milestones';

/** A memory that outlives the window, and the keys that the editor was told. */
function aHost(kept = new Map<string, unknown>()) {
  const told: [Milestone, boolean][] = [];
  const synced: string[] = [];
  let writes = 0;
  const state = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      writes += 1;
      kept.set(key, value);
      return Promise.resolve();
    },
    setKeysForSync: (keys: readonly string[]) => void synced.push(...keys),
  };
  const host = { state, setKey: (key: Milestone, value: boolean) => void told.push([key, value]) };
  return { host, told, kept, synced, writes: () => writes };
}

describe('steps of the walkthrough', () => {
  it('are done as soon as it happened', async () => {
    const { host, told } = aHost();
    const milestones = new Milestones(host);
    assert.deepEqual(told, []);
    await milestones.reach('hasSynced');
    assert.deepEqual(told, [['hasSynced', true]]);
  });

  it('stay done after a restart, and on other machines', async () => {
    const first = aHost();
    await new Milestones(first.host).reach('hasRunQuery');
    const second = aHost(first.kept);
    new Milestones(second.host);
    assert.deepEqual(second.told, [['hasRunQuery', true]]);
    assert.deepEqual(second.synced, [...first.kept.keys()]);
  });

  it('are written once', async () => {
    const { host, writes } = aHost();
    const milestones = new Milestones(host);
    await milestones.reach('hasSynced');
    await milestones.reach('hasSynced');
    assert.equal(writes(), 1);
  });

  it('are not believed where the memory holds something else', () => {
    const { host, told } = aHost(new Map([['milestones', { hasSynced: true }]]));
    new Milestones(host);
    assert.deepEqual(told, []);
  });
});
