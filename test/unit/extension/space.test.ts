import assert from 'node:assert/strict';
import { freeUpChoices, offeredPolicies } from '../../../src/extension/space/freeUpItems';
import { SpaceNotices } from '../../../src/extension/space/spaceNotices';
import { mirrorMessage } from '../../../src/extension/views/mirrorMessage';
import { SOFT_LIMIT, type FreeUpItem, type FreeUpPlan } from '../../../src/store/retention/retention';
import type { MirrorStatus } from '../../../src/store/runs';

const SPACE = {
  imageBytes: 1,
  inlineTextBytes: 0,
  shardBytes: 0,
  backupBytes: 0,
  copyBytes: 0,
  totalBytes: 1,
};

function plan(textMonths: number, textRows: number, more: readonly FreeUpItem[] = []): FreeUpPlan {
  return {
    policy: { textMonths, runDays: 90 },
    items: [{ kind: 'text', rows: textRows, bytes: textRows * 1_500, olderThan: '2024-11-16' }, ...more],
    space: SPACE,
  };
}

describe('what "Free Up Space" offers', () => {
  it('looks at four ages, that of the settings, and what is not text', () => {
    const months = (textMonths: number) =>
      offeredPolicies({ textMonths, runDays: 30 }).map((policy) => policy.textMonths);
    assert.deepEqual(months(0), [24, 12, 6, 3, 0]);
    assert.deepEqual(months(12), [24, 12, 6, 3, 0]);
    assert.deepEqual(months(18), [24, 18, 12, 6, 3, 0]);
    assert.deepEqual(
      new Set(offeredPolicies({ textMonths: 0, runDays: 30 }).map(({ runDays }) => runDays)),
      new Set([30]),
    );
  });

  it('says how much each frees', () => {
    const runs: FreeUpItem = { kind: 'runs', rows: 120, bytes: 40_000, olderThan: '2025-08-18' };
    const choices = freeUpChoices([plan(24, 0, [runs]), plan(12, 34_567, [runs]), plan(0, 0, [runs])], 0);
    assert.deepEqual(
      choices.map(({ label, description }) => [label, description]),
      [
        ['Text older than 12 months', '34,567 messages, 51.9 MB'],
        ['Sync runs older than 90 days, or beyond 5,000', '120 sync runs, 40.0 kB'],
      ],
    );
  });

  it('leaves out an age that frees no more text, unless the settings name it', () => {
    const plans = [plan(24, 5), plan(12, 9), plan(6, 9), plan(3, 9), plan(0, 0)];
    const months = (setMonths: number) =>
      freeUpChoices(plans, setMonths).map(({ value }) => value.policy.textMonths);
    assert.deepEqual(months(0), [24, 12]);
    assert.deepEqual(months(6), [24, 12, 6]);
  });

  it('is nothing where nothing would go', () => {
    assert.deepEqual(freeUpChoices([plan(24, 0), plan(0, 0)], 0), []);
  });
});

describe('the line above the tree', () => {
  const message = (imageBytes: number) =>
    mirrorMessage({
      status: { version: 1, generation: 1, instances: [], sizes: { imageBytes, shardBytes: 0 } },
    });

  it('is there while the database is large', () => {
    assert.equal(message(SOFT_LIMIT - 1), undefined);
    assert.equal(message(SOFT_LIMIT), 'The database has grown to 268.4 MB. Free Up Space... makes room.');
  });

  it('is there where the disk has no hard links', () => {
    assert.equal(
      mirrorMessage({ status: { version: 1, generation: 1, instances: [], hasNoHardLinks: true } }),
      'The disk of the data folder has no hard links: only this computer may sync into it.',
    );
  });
});

describe('what a window is told of the size of the mirror', () => {
  const status = (changes: Partial<MirrorStatus> = {}): MirrorStatus => ({
    version: 1,
    generation: 1,
    instances: [],
    ...changes,
  });
  const sized = (imageBytes: number) => status({ sizes: { imageBytes, shardBytes: 0 } });

  it('is said once, when the database has reached the soft limit', () => {
    const notices = new SpaceNotices();
    assert.equal(notices.next(status(), 0, '2025-11-16').isLarge, undefined);
    assert.equal(notices.next(sized(SOFT_LIMIT - 1), 0, '2025-11-16').isLarge, undefined);
    assert.equal(
      notices.next(sized(SOFT_LIMIT), 0, '2025-11-16').isLarge,
      'The database has grown to 268.4 MB',
    );
    assert.equal(notices.next(sized(SOFT_LIMIT + 1), 0, '2025-11-17').isLarge, undefined);
  });

  it('counts what a setting would remove that nobody agreed to, once a day until it was told', () => {
    const notices = new SpaceNotices();
    const counted = (textMonths: number, day: string, agreedTextMonths?: number) =>
      notices.next(status({ agreedTextMonths }), textMonths, day).unagreedMonths;
    assert.equal(counted(0, '2025-11-16'), undefined);
    assert.equal(counted(12, '2025-11-16', 12), undefined);
    assert.equal(counted(12, '2025-11-16', 24), 12);
    assert.equal(counted(12, '2025-11-16', 24), undefined);
    assert.equal(counted(12, '2025-11-17', 24), 12);
    notices.told(12);
    assert.equal(counted(12, '2025-11-18', 24), undefined);
    assert.equal(counted(6, '2025-11-18', 24), 6);
  });
});
