import assert from 'node:assert/strict';
import { AnalysisFollower, type AnalysisHost } from '../../../../src/extension/analysis/analysisFollower';
import { analysisHash } from '../../../../src/store/analysis/analysisText';
import { NO_ANALYSIS, type Analysis } from '../../../../src/store/analysis/analysisTypes';
import { AnalysisError } from '../../../../src/store/errors';
import { SyncBusyError } from '../../../../src/sync/engine/coordinatorTypes';

const CHANGED: Analysis = { ...NO_ANALYSIS, allocation: 'allocated' };

/** A host whose file, database and lock a test sets. */
class FakeHost implements AnalysisHost {
  file: Analysis | AnalysisError | undefined = CHANGED;
  generation = 3;
  applied: string | undefined = analysisHash(NO_ANALYSIS);
  syncing = false;
  fails: Error | undefined;
  readonly said: string[] = [];

  read = (): Promise<Analysis | undefined> =>
    this.file instanceof AnalysisError ? Promise.reject(this.file) : Promise.resolve(this.file);
  status = () => ({ generation: this.generation, analysis: this.applied });
  isSyncing = (): boolean => this.syncing;
  apply = async (): Promise<void> => {
    this.said.push('apply');
    if (this.fails !== undefined) {
      throw this.fails;
    }
    const present = await this.read();
    this.applied = present === undefined ? undefined : analysisHash(present);
  };
  onUnusable = (error: AnalysisError): void => void this.said.push(`unusable: ${error.message}`);
  onApplied = (): void => void this.said.push('applied');
  onFailure = (error: Error): void => void this.said.push(`failed: ${error.message}`);
}

describe('Following analysis.json in the editor', () => {
  const harness = (set: (host: FakeHost) => void = () => undefined) => {
    const host = new FakeHost();
    set(host);
    return { host, follower: new AnalysisFollower(host) };
  };

  it('applies a file that was changed, once', async () => {
    const { host, follower } = harness();
    await follower.look();
    await follower.look();
    assert.deepEqual(host.said, ['apply', 'applied']);
  });

  const quiet: readonly (readonly [when: string, set: (host: FakeHost) => void])[] = [
    ['the database says the same', (host) => (host.applied = analysisHash(CHANGED))],
    ['there is no file', (host) => (host.file = undefined)],
    ['nothing was synced yet', (host) => (host.generation = 0)],
    ['a sync runs', (host) => (host.syncing = true)],
  ];
  for (const [when, set] of quiet) {
    it(`does nothing while ${when}`, async () => {
      const { host, follower } = harness(set);
      await follower.look();
      assert.deepEqual(host.said, []);
    });
  }

  it('applies it after the sync', async () => {
    const { host, follower } = harness((each) => (each.syncing = true));
    await follower.look();
    host.syncing = false;
    await follower.look();
    assert.deepEqual(host.said, ['apply', 'applied']);
  });

  it('tries again after another window had the lock, without a word', async () => {
    const { host, follower } = harness(
      (each) => (each.fails = new SyncBusyError({ runId: 'other', pid: 1, startedAt: 0 })),
    );
    await follower.look();
    host.fails = undefined;
    await follower.look();
    assert.deepEqual(host.said, ['apply', 'apply', 'applied']);
  });

  it('says once what is wrong with the file, and again when it is broken anew', async () => {
    const broken = new AnalysisError('not JSON');
    const { host, follower } = harness((each) => (each.file = broken));
    await follower.look();
    await follower.look();
    host.file = NO_ANALYSIS;
    await follower.look();
    host.file = broken;
    await follower.look();
    assert.deepEqual(host.said, ['unusable: not JSON', 'unusable: not JSON']);
  });

  it('says once that a content could not be applied, and tries the next one', async () => {
    const { host, follower } = harness((each) => (each.fails = new Error('disk full')));
    await follower.look();
    await follower.look();
    host.fails = undefined;
    host.file = { ...CHANGED, costType: 'amortized' };
    await follower.look();
    assert.deepEqual(host.said, ['apply', 'failed: disk full', 'apply', 'applied']);
  });

  it('looks again when the file changes while it is applied', async () => {
    const { host, follower } = harness();
    const first = follower.look();
    host.file = { ...CHANGED, costType: 'amortized' };
    await Promise.all([first, follower.look()]);
    assert.equal(host.applied, analysisHash(host.file));
  });
});
