import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  planCompaction,
  SHARD_LIMITS,
  type PlannedShard,
} from '../../../../src/store/content/compactionPlan';

const MB = 1024 * 1024;

/** Shards that come to be when texts arrive in batches, and what that costs. */
class Growth {
  shards: readonly PlannedShard[] = [];
  inline = 0;
  arrived = 0;
  written = 0;
  most = 0;
  #id = 0;

  add(bytes: number): void {
    this.arrived += bytes;
    this.inline += bytes;
    const seals = planCompaction(this.inline, this.shards);
    for (const { inlineBytes, merges } of seals) {
      const merged = this.shards.filter(({ id }) => merges.includes(id));
      assert.equal(merged.length, merges.length, 'only what is there is merged, and once');
      const textBytes = merged.reduce((sum, shard) => sum + shard.textBytes, inlineBytes);
      this.shards = [...this.shards.filter(({ id }) => !merges.includes(id)), { id: ++this.#id, textBytes }];
      this.inline -= inlineBytes;
      this.written += textBytes;
    }
    this.most = Math.max(this.most, this.shards.length);
  }

  get largest(): number {
    return Math.max(0, ...this.shards.map(({ textBytes }) => textBytes));
  }

  get sealed(): number {
    return this.shards.reduce((sum, { textBytes }) => sum + textBytes, 0);
  }
}

function grown(batches: Iterable<number>): Growth {
  const growth = new Growth();
  for (const bytes of batches) {
    growth.add(bytes);
  }
  return growth;
}

describe('the plan of a compaction', () => {
  it('leaves everything in one file up to 32 MB', () => {
    assert.deepEqual(planCompaction(32 * MB, []), []);
    assert.deepEqual(planCompaction(0, []), []);
  });

  it('then moves all but the newest 8 MB', () => {
    assert.deepEqual(planCompaction(33 * MB, []), [{ inlineBytes: 25 * MB, merges: [] }]);
  });

  it('waits for 16 MB once there are shards', () => {
    const shards = [{ id: 1, textBytes: 40 * MB }];
    assert.deepEqual(planCompaction(16 * MB, shards), []);
    assert.deepEqual(planCompaction(17 * MB, shards), [{ inlineBytes: 9 * MB, merges: [] }]);
  });

  it('merges shards of a similar size, smallest first, up to 50 MB', () => {
    const shards = [30, 12, 25].map((size, index) => ({ id: index + 1, textBytes: size * MB }));
    assert.deepEqual(planCompaction(17 * MB, shards), [{ inlineBytes: 9 * MB, merges: [2, 3] }]);
    assert.deepEqual(planCompaction(33 * MB, shards), [{ inlineBytes: 25 * MB, merges: [2] }]);
  });

  it('cuts what came all at once into several', () => {
    const seals = planCompaction(188 * MB, []);
    assert.deepEqual(
      seals.map(({ inlineBytes }) => inlineBytes / MB),
      [45, 45, 45, 45],
    );
  });

  it('counts shards that cannot be merged, and merges the others for their sake', () => {
    const shards = [1, 2].map((id) => ({ id, textBytes: 50 * MB }));
    assert.deepEqual(planCompaction(17 * MB, shards, SHARD_LIMITS, 7)[0]?.merges, [1, 2]);
    assert.deepEqual(planCompaction(17 * MB, shards, SHARD_LIMITS, 6)[0]?.merges, []);
    assert.deepEqual(planCompaction(17 * MB, [], SHARD_LIMITS, 9)[0]?.merges, []);
  });

  it('needs few shards of a bearable size for 1.8 GB, and writes each text four times', () => {
    const growth = grown(Array.from({ length: 229 }, () => 8 * MB));
    assert.ok(growth.most <= 9, `${growth.most} shards`);
    assert.ok(growth.written < 4.5 * growth.arrived, `${growth.written / growth.arrived} times`);
    assert.ok(growth.largest < growth.arrived / 4, `${growth.largest / MB} MB`);
  });

  it('holds in any sequence: no byte lost, never more than nine shards, each text written a few times', () => {
    const batch = fc.oneof(
      fc.integer({ min: 0, max: MB }),
      fc.integer({ min: 0, max: 20 * MB }),
      fc.integer({ min: 0, max: 300 * MB }),
    );
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 150 }), (batches) => {
        const growth = grown(batches);
        assert.equal(growth.sealed + growth.inline, growth.arrived);
        assert.ok(
          growth.inline <= (growth.shards.length > 0 ? SHARD_LIMITS.inline : SHARD_LIMITS.beforeFirst),
        );
        assert.ok(growth.most <= SHARD_LIMITS.shards);
        assert.ok(growth.written <= 6 * growth.arrived, `${growth.written / growth.arrived} times`);
      }),
      { numRuns: 300 },
    );
  });
});
