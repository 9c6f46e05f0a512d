import assert from 'node:assert/strict';
import type { FreeUpPlan } from '../../../../src/store/retention/retention';
import {
  freedText,
  largeText,
  planText,
  spaceText,
  unagreedText,
} from '../../../../src/sync/texts/freeUpText';

const PLAN: FreeUpPlan = {
  policy: { textMonths: 12, runDays: 90 },
  items: [
    { kind: 'text', rows: 1_234, bytes: 5_600_000, olderThan: '2024-11-16' },
    { kind: 'runs', rows: 1, bytes: 400, olderThan: '2025-08-18' },
    { kind: 'shards', rows: 0, bytes: 0 },
    { kind: 'pages', rows: 0, bytes: 0 },
  ],
  space: {
    imageBytes: 26_000_000,
    inlineTextBytes: 8_000_000,
    shardBytes: 180_000_000,
    backupBytes: 0,
    copyBytes: 26_000_000,
    totalBytes: 232_100_000,
  },
};

describe('what can be freed, in words', () => {
  it('has a line for each kind of which there is some', () => {
    assert.deepEqual(planText(PLAN), [
      'Text older than 12 months (before 2024-11-16): 1,234 messages, 5.6 MB',
      'Sync runs older than 90 days, or beyond 5,000 (before 2025-08-18): 1 sync run, 400 B',
    ]);
  });

  it('says what the mirror takes', () => {
    assert.equal(
      spaceText(PLAN.space),
      'The mirror takes 232.1 MB: database 26.0 MB, older text 180.0 MB, copy for other programs 26.0 MB.',
    );
  });

  it('says what a setting would remove', () => {
    assert.equal(
      unagreedText(PLAN),
      'The setting would remove the text of 1,234 messages (5.6 MB) older than 12 months.',
    );
  });

  it('says what was freed', () => {
    const sizes = { imageBytesBefore: 256_000_000, imageBytesAfter: 100_000_000 };
    const items = [...PLAN.items.slice(0, 2), { kind: 'pages', rows: 3, bytes: 12_288 } as const];
    assert.equal(
      freedText({ items, ...sizes }),
      'Removed: the text of 1,234 messages, 1 sync run, 3 empty pages. The database is 100.0 MB now, it was 256.0 MB.',
    );
  });

  it('says nothing of a database below the soft limit', () => {
    assert.equal(largeText(), undefined);
    assert.equal(largeText(268_435_455), undefined);
    assert.equal(largeText(268_435_456), 'The database has grown to 268.4 MB');
  });
});
