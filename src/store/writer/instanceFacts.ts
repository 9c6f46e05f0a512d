import type { InstanceFacts, InstanceHealth } from '../mirrorFacts';
import { stamp, timePair, type Session } from './session';

const DAY = 86_400;

type FactsRow = readonly [
  version: string | null,
  lastSync: number | null,
  lastCompleteWalk: number | null,
  failures: number,
  nextAllowedAt: number | null,
];

/** What is known of an instance before its run; of one without a row: nothing. */
export function factsOf({ database }: Session, instanceId: number): InstanceFacts {
  const [version, lastSync, lastCompleteWalk, failures, nextAllowedAt] = database.get<FactsRow>(
    `SELECT version, last_sync_epoch, last_complete_walk_epoch, failures, next_allowed_at_epoch
     FROM instances WHERE id = ?`,
    [instanceId],
  ) ?? [null, null, null, 0, null];
  const living = (table: string, condition = 'true'): number =>
    database.get<[number]>(
      `SELECT count(*) FROM ${table} WHERE instance_id = ? AND is_deleted = 0 AND ${condition}`,
      [instanceId],
    )?.[0] ?? 0;
  return {
    users: living('users'),
    chats: living('chats'),
    knowledgeBases: living('knowledge_bases'),
    files: living('files'),
    recentlyActiveUsers: lastSync === null ? 0 : living('users', `last_active_at_epoch >= ${lastSync - DAY}`),
    hasBeenRead: lastCompleteWalk !== null || hasChatState(database, instanceId),
    lastCompleteWalkAt: lastCompleteWalk ?? undefined,
    lastCompleteTryAt: lastCompleteTry(database, instanceId),
    serverVersion: version ?? undefined,
    failures,
    nextAllowedAt: nextAllowedAt ?? undefined,
  };
}

/**
 * Chats have a mark once a walk over everybody reached its end, even where single lists failed, which are then noted
 * by name; and a problem where the server refuses them: reading everything anew each time would not help.
 */
function hasChatState(database: Session['database'], instanceId: number): boolean {
  const [count] = database.get<[number]>(
    `SELECT count(*) FROM sync_state WHERE instance_id = ? AND stream = 'chats' AND scope = '' AND is_deleted = 0
       AND (mark_epoch IS NOT NULL OR problem_code IS NOT NULL)`,
    [instanceId],
  ) ?? [0];
  return count > 0;
}

function lastCompleteTry(database: Session['database'], instanceId: number): number | undefined {
  const [startedAt] = database.get<[number | null]>(
    "SELECT max(started_at_epoch) FROM sync_runs WHERE instance_id = ? AND walk = 'complete'",
    [instanceId],
  ) ?? [null];
  return startedAt ?? undefined;
}

/** Keeps how an instance's server did; an equal row is left alone. */
export function writeHealth(
  session: Session,
  instanceId: number,
  { failures, nextAllowedAt }: InstanceHealth,
): void {
  const [text, epoch] = timePair(session.localTime, nextAllowedAt);
  session.database.run(
    `UPDATE instances SET failures = ?1, next_allowed_at = ?2, next_allowed_at_epoch = ?3, sync_datetime = ?4,
       sync_datetime_epoch = ?5
     WHERE id = ?6 AND (failures <> ?1 OR next_allowed_at_epoch IS NOT ?3)`,
    [failures, text, epoch, ...stamp(session), instanceId],
  );
}

/** Notes the user whose credential syncs; an equal row is left alone. */
export function writeSyncAccount(session: Session, instanceId: number, userRemoteId: string): void {
  session.database.run(
    `WITH account (id) AS (SELECT (SELECT u.id FROM users u WHERE u.instance_id = ?1 AND u.remote_id = ?2))
     UPDATE instances SET sync_user_id = (SELECT id FROM account), sync_datetime = ?3, sync_datetime_epoch = ?4
     WHERE id = ?1 AND sync_user_id IS NOT (SELECT id FROM account)`,
    [instanceId, userRemoteId, ...stamp(session)],
  );
}

/** Hashes of people who must not be mirrored again. */
export function erasedPeople({ database }: Session, instanceId: number): string[] {
  return database
    .all<[string]>('SELECT person_hash FROM erased_people WHERE instance_id = ? AND is_deleted = 0', [
      instanceId,
    ])
    .map(([hash]) => hash);
}
