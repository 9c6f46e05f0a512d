import { imageBytes } from '../files/imageSize';
import { readMeta } from '../migrations';
import type { EpochSeconds } from '../records';
import type { SqliteDatabase } from '../sqlite/sqlite';

/** A file above this size is not written again only to record that nothing had changed, in bytes. */
const SMALL_IMAGE = 20 * 1024 * 1024;
/** More stream states than this make a publish cheaper than a journal line. */
const MAX_JOURNALED_STATES = 500;
const LATEST_PUBLISH_SECONDS = 86_400;

/**
 * Whether ends of runs that changed no row may stay in the journal until a later publish.
 * @param stateCount states of streams that it would have to hold
 * @param smallImage default 20 MB
 */
export function canStayInJournal(
  database: SqliteDatabase,
  stateCount: number,
  now: EpochSeconds,
  smallImage = SMALL_IMAGE,
): boolean {
  const writtenAt = Number(readMeta(database, 'written_at') ?? 0);
  return (
    imageBytes(database) >= smallImage &&
    stateCount <= MAX_JOURNALED_STATES &&
    now - writtenAt < LATEST_PUBLISH_SECONDS
  );
}
