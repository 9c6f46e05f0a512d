import type { ClientBase } from 'pg';
import { isPersonHash, personHash } from '../../store/instances/people';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import type { Tombstone } from '../../store/tombstones/tombstone';

/** Somebody whose rows are to go from a warehouse. */
export interface Erasure {
  readonly instanceId: number;
  /** `users.id` in the warehouse. */
  readonly userId: number;
  /** His row there; absent: it holds none. */
  readonly person?: KnownPerson | undefined;
}

export interface KnownPerson {
  readonly remoteId: string;
  readonly name: string | null;
  readonly email: string | null;
}

type PersonTombstone = Extract<Tombstone, { readonly kind: 'person' }>;

const ERASED = 'SELECT instance_id, person_hash FROM erased_people WHERE is_deleted = 0';

/**
 * People who were erased, by hashes of the server's ids: what a row's number says of them holds only until it is given to
 * somebody else, or a backup is restored.
 */
export class ErasedPeople {
  readonly #salt: string;
  readonly #hashes = new Map<number, Set<string>>();

  /** @param salt of the mirror's hashes */
  constructor(salt: string, rows: Iterable<readonly [instanceId: number, hash: string]>) {
    this.#salt = salt;
    for (const [instanceId, hash] of rows) {
      this.#hashes.set(instanceId, (this.#hashes.get(instanceId) ?? new Set()).add(hash));
    }
  }

  /** Those that a mirror knows of. */
  static ofMirror(salt: string, mirror: SqliteDatabase): ErasedPeople {
    return new ErasedPeople(salt, mirror.all<[number, string]>(ERASED.replace('erased', 'main.erased')));
  }

  /** Those whose erasure a warehouse has carried out. */
  static async ofWarehouse(salt: string, client: ClientBase): Promise<ErasedPeople> {
    const { rows } = await client.query<[string, string]>({ text: ERASED, rowMode: 'array' });
    return new ErasedPeople(
      salt,
      rows.map(([instanceId, hash]) => [Number(instanceId), hash]),
    );
  }

  get instances(): readonly number[] {
    return [...this.#hashes.keys()];
  }

  has(instanceId: number, remoteId: string): boolean {
    return this.#hashes.get(instanceId)?.has(personHash(this.#salt, instanceId, remoteId)) === true;
  }

  /** Those whom others do not name. */
  without(others: ErasedPeople): ErasedPeople {
    return new ErasedPeople(
      this.#salt,
      [...this.pairs()].filter(([instanceId, hash]) => others.#hashes.get(instanceId)?.has(hash) !== true),
    );
  }

  *pairs(): Generator<readonly [instanceId: number, hash: string]> {
    for (const [instanceId, hashes] of this.#hashes) {
      for (const hash of hashes) {
        yield [instanceId, hash];
      }
    }
  }
}

/** Whom a mirror erased that a warehouse may still hold. */
export interface PendingErasures {
  /** All that the mirror knows of. */
  readonly erased: ErasedPeople;
  /** Those that the warehouse has not noted yet. */
  readonly fresh: ErasedPeople;
}

/**
 * Whose rows of a warehouse are to go. To be asked before ids are hashed there by a stricter mode.
 * @param tombstones that are to be carried out
 */
export async function erasuresIn(
  client: ClientBase,
  { erased, fresh }: PendingErasures,
  tombstones: readonly PersonTombstone[],
): Promise<readonly Erasure[]> {
  const { rows } = await client.query<{
    readonly instanceId: string;
    readonly userId: string;
    readonly remoteId: string;
    readonly name: string | null;
    readonly email: string | null;
  }>(
    `SELECT instance_id AS "instanceId", id AS "userId", remote_id AS "remoteId", name, email
     FROM users WHERE instance_id = ANY($1::bigint[]) OR id = ANY($2::bigint[])`,
    [fresh.instances, tombstones.map(({ userId }) => userId)],
  );
  const people = rows.map(({ instanceId, userId, ...person }) => ({
    ...{ instanceId: Number(instanceId), userId: Number(userId), person },
  }));
  const known = people.filter(({ instanceId, person }) => erased.has(instanceId, person.remoteId));
  const named = tombstones.flatMap(({ instanceId, userId }): Erasure[] => {
    const there = people.find((other) => other.userId === userId);
    if (there === undefined) {
      // A push that broke off brought chats before their owners.
      return [{ instanceId, userId }];
    }
    // Whose hash a row bears nobody can tell, once the mirror has lost it.
    return there.instanceId === instanceId && isPersonHash(there.person.remoteId) ? [there] : [];
  });
  return [...new Set([...known, ...named])];
}

/** Notes in a warehouse whose erasure it has carried out. */
export async function noteErased(client: ClientBase, fresh: ErasedPeople): Promise<void> {
  const pairs = [...fresh.pairs()];
  await client.query(
    `INSERT INTO erased_people (instance_id, person_hash, sync_datetime, sync_datetime_epoch, is_deleted)
     SELECT e.instance_id, e.person_hash, '', 0, 0 FROM unnest($1::bigint[], $2::text[]) AS e (instance_id, person_hash)
     ON CONFLICT (instance_id, person_hash) DO NOTHING`,
    [pairs.map(([instanceId]) => instanceId), pairs.map(([, hash]) => hash)],
  );
}
