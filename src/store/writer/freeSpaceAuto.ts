import { TextFileError } from '../errors';
import { DEFAULT_RETENTION, type RetentionPolicy } from '../retention/retention';
import {
  agreedTextMonths,
  noteTextCleared,
  rememberedRunDays,
  rememberRunDays,
  textClearedBefore,
} from '../retention/retentionMeta';
import { dropTexts } from './dropTexts';
import { dropRuns } from './freeSpaceRuns';
import { INLINE_TEXT_BEFORE, TEXT_BEFORE, textKeptFrom } from './freeSpaceText';
import type { Session } from './session';
import type { ShardWriter } from './shardWriter';

/** Shards are written anew for what has grown too old in them: not for a single day's messages. */
const DAYS_BETWEEN_REWRITES = 7;

/** A mirror from which something is removed. */
export interface RetainedMirror {
  readonly session: Session;
  readonly shards: ShardWriter;
  /** One transaction. */
  change<T>(kind: 'rows' | 'runs', work: () => T): T;
}

/**
 * What a publish removes by itself: runs that a policy has no place for, and, where somebody agreed to exactly this
 * number of months before, text that has grown too old.
 * @param given by the settings; without it (the command line) all text stays, and runs as long as the settings said last
 * @param hasEnded whether a run has ended: text goes then, not at each publish on the way
 * @returns `run_id`s that the journal must forget once this is published
 */
export function applyRetention(
  mirror: RetainedMirror,
  given: RetentionPolicy | undefined,
  hasEnded: boolean,
): string[] {
  const { database } = mirror.session;
  if (hasEnded && given !== undefined && given.textMonths === agreedTextMonths(database)) {
    dropGrownText(mirror, given);
  }
  return mirror.change('runs', () => {
    if (given !== undefined) {
      rememberRunDays(database, given.runDays);
    }
    const policy = given ?? { ...DEFAULT_RETENTION, runDays: rememberedRunDays(database) };
    return dropRuns(mirror.session, policy);
  });
}

/** A damaged file must not keep a run's rows from being published; whoever reads from it is told. */
function dropGrownText(mirror: RetainedMirror, policy: RetentionPolicy): void {
  const { session, shards } = mirror;
  const from = textKeptFrom(session, policy) ?? 0;
  const cleared = textClearedBefore(session.database) ?? -Infinity;
  try {
    mirror.change('rows', () =>
      Math.abs(from - cleared) < DAYS_BETWEEN_REWRITES
        ? dropTexts(session, shards, INLINE_TEXT_BEFORE, [from])
        : dropSpentText(session, shards, policy),
    );
  } catch (error) {
    if (!(error instanceof TextFileError)) {
      throw error;
    }
  }
}

/**
 * Removes all text that a policy has no place for; see {@link dropTexts}. Call it inside a transaction.
 * @returns messages that lost their text, and its UTF-8 @throws TextFileError
 */
export function dropSpentText(
  session: Session,
  shards: ShardWriter,
  policy: RetentionPolicy,
): { readonly messages: number; readonly textBytes: number } {
  const from = textKeptFrom(session, policy);
  if (from === undefined) {
    return { messages: 0, textBytes: 0 };
  }
  const dropped = dropTexts(session, shards, TEXT_BEFORE, [from]);
  noteTextCleared(session.database, from);
  return dropped;
}
