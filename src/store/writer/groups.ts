import type { GroupRecord } from '../records';
import type { ChangeCounts } from '../runs';
import { ChangeTally, EntityTable, type TableOf } from './entityTable';
import { keptOfGroup } from './privateRecords';
import { stamp, type RunContext, type Session } from './session';

const DEFINITION = {
  table: 'user_groups',
  key: 'remote_id',
  columns: ['name', 'description'],
  times: ['created_at', 'updated_at'],
  keepsUnknown: true,
} as const;

/** Users with these remote ids who are not marked deleted: a group may still name people who are gone. */
const LIVING = `SELECT id FROM users
  WHERE instance_id = ? AND is_deleted = 0 AND remote_id IN (SELECT value FROM json_each(?))`;

const RECOUNT = `UPDATE user_groups SET member_count = living.members, sync_datetime = ?, sync_datetime_epoch = ?
  FROM (SELECT g.id, (SELECT count(*) FROM group_members m WHERE m.group_id = g.id AND m.is_deleted = 0) AS members
        FROM user_groups g WHERE g.instance_id = ?) living
  WHERE user_groups.id = living.id AND user_groups.member_count <> living.members`;

/** The tables `user_groups` and `group_members`. */
export class GroupTable {
  readonly #session: Session;
  readonly #table: TableOf<typeof DEFINITION>;

  constructor(session: Session) {
    this.#session = session;
    this.#table = new EntityTable(session, DEFINITION);
  }

  /** A group with other members than before counts as updated. */
  apply(run: RunContext, groups: readonly GroupRecord[]): ChangeCounts {
    const tally = new ChangeTally();
    for (const told of groups) {
      const { remoteId, name, description, memberRemoteIds, createdAt, updatedAt } = keptOfGroup(
        run.rules,
        told,
      );
      const times = { created_at: createdAt, updated_at: updatedAt };
      const { id, change } = this.#table.apply(run, remoteId, { values: { name, description }, times });
      const hasMoved = memberRemoteIds !== undefined && this.#applyMembers(run, id, memberRemoteIds);
      tally.add(hasMoved && change === 'unchanged' ? 'updated' : change);
    }
    this.recount(run.instanceId);
    return tally.counts();
  }

  /** See {@link EntityTable.rehash}. */
  rehash(instanceId: number): void {
    this.#table.rehash(instanceId);
  }

  /** Marks groups with their memberships. @returns how many groups were not marked yet. */
  markDeleted(run: RunContext, remoteIds: readonly string[]): number {
    const marked = this.#table.markDeleted(run, remoteIds);
    this.#endMemberships(
      'group_id IN (SELECT id FROM user_groups WHERE instance_id = ? AND remote_id IN (SELECT value FROM json_each(?)))',
      [run.instanceId, JSON.stringify(marked)],
    );
    this.recount(run.instanceId);
    return marked.length;
  }

  /** Marks the memberships of users who were marked deleted. */
  leaveAll(run: RunContext, userRemoteIds: readonly string[]): void {
    this.#endMemberships(
      'user_id IN (SELECT id FROM users WHERE instance_id = ? AND remote_id IN (SELECT value FROM json_each(?)))',
      [run.instanceId, JSON.stringify(userRemoteIds)],
    );
    this.recount(run.instanceId);
  }

  /** Makes `member_count` what the memberships say. */
  recount(instanceId: number): void {
    this.#session.database.run(RECOUNT, [...stamp(this.#session), instanceId]);
  }

  /** @returns whether a membership began or ended. */
  #applyMembers(run: RunContext, groupId: number, memberRemoteIds: readonly string[]): boolean {
    const { database } = this.#session;
    const now = stamp(this.#session);
    const members = [run.instanceId, JSON.stringify(memberRemoteIds)];
    const begun = database.run(
      `INSERT INTO group_members (group_id, user_id, instance_id, first_seen_at, first_seen_at_epoch,
         sync_datetime, sync_datetime_epoch)
       SELECT ?, id, ?, ?, ?, ?, ? FROM (${LIVING}) WHERE true
       ON CONFLICT (group_id, user_id) DO UPDATE SET is_deleted = 0,
         sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch
       WHERE is_deleted <> 0`,
      [groupId, run.instanceId, ...now, ...now, ...members],
    );
    const ended = this.#endMemberships(`group_id = ? AND user_id NOT IN (${LIVING})`, [groupId, ...members]);
    const hasMoved = begun + ended > 0;
    if (hasMoved) {
      database.run('UPDATE user_groups SET last_changed_run = ? WHERE id = ?', [run.rowId, groupId]);
    }
    return hasMoved;
  }

  #endMemberships(condition: string, values: readonly (string | number)[]): number {
    return this.#session.database.run(
      `UPDATE group_members SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
       WHERE is_deleted = 0 AND ${condition}`,
      [...stamp(this.#session), ...values],
    );
  }
}
