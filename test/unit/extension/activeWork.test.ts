import assert from 'node:assert/strict';
import { ActiveWork } from '../../../src/extension/activeWork';

describe('what a window has under way', () => {
  const never = (): Promise<void> => new Promise(() => undefined);

  it('is told of the end, and waited for until it has settled', async () => {
    const work = new ActiveWork();
    const steps: string[] = [];
    const running = work.follow(
      new Promise<void>((resolve) => {
        work.end.addEventListener('abort', () => {
          steps.push('told');
          resolve();
        });
      }).then(() => {
        steps.push('settled');
      }),
    );
    await work.shutDown(() => Promise.resolve(), 60_000);
    assert.deepEqual(steps, ['told', 'settled']);
    await running;
  });

  it('is left behind after a while, and its failure is its own', async () => {
    const work = new ActiveWork();
    void work.follow(never());
    await assert.rejects(work.follow(Promise.reject(new Error('lost'))), /lost/u);
    await work.shutDown(() => Promise.resolve(), 1);
  });

  it('is not cancelled where there is none', async () => {
    const work = new ActiveWork();
    await work.follow(Promise.resolve());
    await work.shutDown(() => assert.fail('nothing to cancel'), 60_000);
    assert.ok(work.end.aborted);
  });
});
