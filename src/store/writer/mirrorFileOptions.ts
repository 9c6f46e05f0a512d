import type { ShardLimits } from '../content/compactionPlan';
import { fileTimeOf, localTimeIn } from '../localTime';
import type { EpochSeconds } from '../records';
import type { RetentionPolicy } from '../retention/retention';

/** How a mirror's file is opened. */
export interface MirrorFileOptions {
  readonly folder: string;
  /** IANA name. */
  readonly zone: string;
  readonly now: () => EpochSeconds;
  /** Default 20 MB. */
  readonly smallImage?: number | undefined;
  /** A throw-away copy: the folder stays as it is, byte for byte. */
  readonly isDryRun?: boolean | undefined;
  /** When text moves to shards. */
  readonly shardLimits?: ShardLimits | undefined;
  /** Shards that nothing names are deleted after so many ms; default 24 h. */
  readonly collectAfterMs?: number | undefined;
  /** Of the settings; without it text is kept, and runs as the mirror remembers. */
  readonly retention?: RetentionPolicy | undefined;
  /** The largest image, in pages of 4 KiB; default 1 GiB. */
  readonly maxPages?: number | undefined;
}

/** Local time as a part of a file name, such as `20251116-143015`. */
export function fileTime({ zone, now }: MirrorFileOptions): string {
  return fileTimeOf(localTimeIn(zone), now());
}
