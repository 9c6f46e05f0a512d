const MB = 1024 * 1024;

/** When text is moved out of the image, and how large a shard becomes; all in bytes of UTF-8. */
export interface ShardLimits {
  /** All text together, before there is a shard: up to here one file holds everything. */
  readonly beforeFirst: number;
  /** Text in the image, once there are shards. */
  readonly inline: number;
  /** Text that stays in the image when the older one is moved. */
  readonly kept: number;
  /** A shard grows by merging up to this size; larger ones come to be only where there would be too many. */
  readonly shard: number;
  /** SQLite attaches ten databases to one; the mirror itself may need a place. */
  readonly shards: number;
}

export const SHARD_LIMITS: ShardLimits = {
  beforeFirst: 32 * MB,
  inline: 16 * MB,
  kept: 8 * MB,
  shard: 50 * MB,
  shards: 9,
};

/** A shard as the plan sees it. */
export interface PlannedShard {
  /** `content_shards.id`. */
  readonly id: number;
  /** Text that a new shard would take over. */
  readonly textBytes: number;
}

/** A shard to be written. */
export interface PlannedSeal {
  /** So many bytes of the oldest text in the image. */
  readonly inlineBytes: number;
  /** Shards whose text goes into it; they are not needed afterwards. */
  readonly merges: readonly number[];
}

/** A shard at most so many times as large as the new one is merged into it: each text moves a few times in all. */
const SIMILAR = 2;
/** Of all text, the share that one shard may hold where many are needed. */
const LARGEST_SHARE = 1 / 5;
/** Where there would be too many, so many are saved at once: otherwise each compaction would have to merge large ones. */
const ROOM = 2;

/**
 * Which shards to write so that only {@link ShardLimits.kept} bytes of text stay in the image; none while there is
 * little. Their sizes stay far apart, so that there are few of them and each text is rewritten seldom.
 * @param inlineBytes text in the image
 * @param fixed shards that cannot be merged and only count
 */
export function planCompaction(
  inlineBytes: number,
  shards: readonly PlannedShard[],
  limits: ShardLimits = SHARD_LIMITS,
  fixed = 0,
): readonly PlannedSeal[] {
  if (!isCompactionDue(inlineBytes, shards.length + fixed > 0, limits)) {
    return [];
  }
  const moved = inlineBytes - limits.kept;
  const total = moved + shards.reduce((sum, { textBytes }) => sum + textBytes, 0);
  const largest = Math.max(limits.shard, total * LARGEST_SHARE);
  const count = Math.ceil(moved / largest);
  const each = Math.ceil(moved / count);
  const seals = Array.from({ length: count - 1 }, () => ({ inlineBytes: each, merges: [] }));
  const last = moved - each * (count - 1);
  const others = count + fixed - 1;
  return [...seals, { inlineBytes: last, merges: mergedInto(last, shards, largest, limits.shards - others) }];
}

/** Whether so much text is in the image that some of it has to move. */
export function isCompactionDue(inlineBytes: number, hasShards: boolean, limits: ShardLimits): boolean {
  return inlineBytes > (hasShards ? limits.inline : limits.beforeFirst);
}

/** @param places for the new shard and those that stay */
function mergedInto(
  size: number,
  shards: readonly PlannedShard[],
  largest: number,
  places: number,
): readonly number[] {
  const smallestFirst = [...shards].sort((a, b) => a.textBytes - b.textBytes || a.id - b.id);
  let merged = 0;
  let sum = size;
  for (const { textBytes } of smallestFirst) {
    if (textBytes > sum * SIMILAR || sum + textBytes > largest) {
      break;
    }
    sum += textBytes;
    merged++;
  }
  const staying = smallestFirst.length - merged;
  if (staying + 1 > places) {
    merged = Math.max(0, Math.min(smallestFirst.length, smallestFirst.length + 1 - (places - ROOM)));
  }
  return smallestFirst.slice(0, merged).map(({ id }) => id);
}
