import type { ShardLimits } from '../../src/store/content/compactionPlan';
import type { Failpoint } from '../../src/store/files/failpoints';

/** What a writer process is told. */
export interface Orders {
  readonly folder: string;
  /** Begins all ids that it writes. */
  readonly name: string;
  /** When the test began, in ms since 1970. */
  readonly startedAt: number;
  /** No other process writes: then it takes the lock and edits the fixed-name copy too. */
  readonly isAlone: boolean;
  /** As on a file system without hard links. */
  readonly isWithoutLinks: boolean;
  /** Where it kills itself; without one it waits to be killed. */
  readonly point?: Failpoint | undefined;
  /** The how manieth time it comes there. */
  readonly hit: number;
}

/** So small that text is sealed every few publishes. */
export const KILL_LIMITS: ShardLimits = {
  beforeFirst: 60_000,
  inline: 60_000,
  kept: 20_000,
  shard: 200_000,
  shards: 4,
};

/** Text of a person who is erased afterwards. */
export function secretOf(name: string, number: number): string {
  return `<secret ${name} ${number}>`;
}
