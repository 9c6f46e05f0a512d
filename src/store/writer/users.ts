import type { KnownUser } from '../mirrorFacts';
import type { UserRecord } from '../records';
import type { ChangeCounts } from '../runs';
import { isPersonHash, personHash } from '../instances/people';
import { ChangeTally, EntityTable, type TableOf } from './entityTable';
import { assertMayKeepId, keptOfUser } from './privateRecords';
import { rowHash, stamp, timePair, type RunContext, type Session } from './session';

const DEFINITION = {
  table: 'users',
  key: 'remote_id',
  columns: ['name', 'email', 'role'],
  times: ['created_at', 'updated_at'],
  keepsUnknown: true,
} as const;

/** The table `users`. */
export class UserTable {
  readonly #session: Session;
  readonly #table: TableOf<typeof DEFINITION>;

  constructor(session: Session) {
    this.#session = session;
    this.#table = new EntityTable(session, DEFINITION);
  }

  apply(run: RunContext, users: readonly UserRecord[]): ChangeCounts {
    const tally = new ChangeTally();
    for (const user of users) {
      const { remoteId, name, email, role, createdAt, updatedAt } = keptOfUser(run.rules, user);
      this.#admit(run, remoteId);
      const times = { created_at: createdAt, updated_at: updatedAt };
      tally.add(this.#table.apply(run, remoteId, { values: { name, email, role }, times }).change);
    }
    return tally.counts();
  }

  /**
   * Notes when users were last active. That somebody was is no change of his account, and each sync makes it so for
   * its own: neither counts it nor is it a reason to publish.
   */
  noteActivity(run: RunContext, users: readonly UserRecord[]): void {
    const { database, localTime } = this.#session;
    for (const { remoteId, lastActiveAt } of users) {
      if (lastActiveAt !== undefined) {
        const [text, epoch] = timePair(localTime, Math.floor(lastActiveAt));
        database.run(
          `UPDATE users SET last_active_at = ?, last_active_at_epoch = ?, sync_datetime = ?, sync_datetime_epoch = ?
           WHERE instance_id = ? AND remote_id = ? AND last_active_at_epoch IS NOT ?`,
          [text, epoch, ...stamp(this.#session), run.instanceId, remoteId, epoch],
        );
      }
    }
  }

  /** Where ids may be known, people whom an earlier mode made nameless wait to be recognised: they are not known. */
  known({ instanceId, rules }: RunContext): KnownUser[] {
    return this.#session.database
      .all<[string, number | null, number]>(
        'SELECT remote_id, last_active_at_epoch, is_deleted FROM users WHERE instance_id = ?',
        [instanceId],
      )
      .filter(([remoteId]) => !rules.keepsIdentities || !isPersonHash(remoteId))
      .map(([remoteId, lastActiveAt, isDeleted]) => ({
        remoteId,
        lastActiveAt: lastActiveAt ?? undefined,
        isDeleted: isDeleted === 1,
      }));
  }

  idOf(instanceId: number, remoteId: string): number | undefined {
    return this.#table.idOf(instanceId, remoteId);
  }

  /**
   * Local id of a user that a row refers to. A user whom no list has shown gets a row without a name: alive when
   * he owns a chat that the server just gave us, else taken for deleted until a list shows him.
   */
  ensure(run: RunContext, remoteId: string, isAlive: boolean): number {
    this.#admit(run, remoteId);
    const known = this.idOf(run.instanceId, remoteId);
    if (known !== undefined) {
      return known;
    }
    const [id] = this.#session.database.get<[number]>(
      `INSERT INTO users (instance_id, remote_id, row_hash, first_seen_run, last_changed_run, sync_datetime,
         sync_datetime_epoch, is_deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [
        ...[run.instanceId, remoteId, rowHash([]), run.rowId, run.rowId],
        ...stamp(this.#session),
        isAlive ? 0 : 1,
      ],
    ) ?? [0];
    return id;
  }

  /** Local id of the user to whom a row of the library or a rating belongs; undefined: it names none. */
  ownerOf(
    run: RunContext,
    { userRemoteId }: { readonly userRemoteId?: string | undefined },
  ): number | undefined {
    return userRemoteId === undefined ? undefined : this.ensure(run, userRemoteId, false);
  }

  /** See {@link EntityTable.rehash}. */
  rehash(instanceId: number): void {
    this.#table.rehash(instanceId);
  }

  /** @returns the remote ids that were not marked yet. */
  markDeleted(run: RunContext, remoteIds: readonly string[]): string[] {
    return this.#table.markDeleted(run, remoteIds);
  }

  /** Refuses an id that may not be kept, and gives back his own to somebody whom mode `counts` knew by a hash. */
  #admit({ instanceId, rules }: RunContext, remoteId: string): void {
    assertMayKeepId(rules, remoteId);
    const { database, salt } = this.#session;
    if (salt === undefined || !rules.keepsIdentities || !this.#hasHashes(instanceId)) {
      return;
    }
    const hash = personHash(salt, instanceId, remoteId);
    database.run('UPDATE OR IGNORE users SET remote_id = ? WHERE instance_id = ? AND remote_id = ?', [
      ...[remoteId, instanceId, hash],
    ]);
    database.run('UPDATE OR REPLACE sync_state SET scope = ? WHERE instance_id = ? AND scope = ?', [
      ...[remoteId, instanceId, hash],
    ]);
  }

  #hasHashes(instanceId: number): boolean {
    const sql = `SELECT 1 FROM users WHERE instance_id = ? AND remote_id >= 'person-' AND remote_id < 'person.' LIMIT 1`;
    return this.#session.database.get(sql, [instanceId]) !== undefined;
  }
}
