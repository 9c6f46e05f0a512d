import type { ClientBase } from 'pg';
import * as l10n from '@vscode/l10n';
import { isStricter, type PrivacyMode } from '../../store/instances/privacy';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import { parseTombstones, TOMBSTONES, type Tombstone } from '../../store/tombstones/tombstone';
import { WarehouseError } from '../warehouseErrors';
import type { ErasedPeople } from './erasedPeople';

/** Of people it is told by hashes whether the mirror holds them. */
type OfInstance = Exclude<Tombstone, { readonly kind: 'person' }>;

/**
 * Refuses a mirror that holds what this warehouse was told to forget: one that was put back from an older copy of its folder
 * knows of no removal since. Restoring a backup keeps them.
 * @param name of the warehouse @param mirror the database that is to be pushed @param known its tombstones
 * @param erased people whom the warehouse erased, unknown to the mirror @throws WarehouseError
 */
export async function assertFollows(
  client: ClientBase,
  name: string,
  mirror: SqliteDatabase,
  known: readonly Tombstone[],
  erased: ErasedPeople,
): Promise<void> {
  const missed = (await carriedOut(client)).filter(
    (tombstone) => !known.some((other) => covers(other, tombstone)) && isHeld(mirror, tombstone),
  );
  const held = [...heldPeople(mirror, erased), ...missed.map(subjectOf)];
  if (held.length > 0) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} has removed for good what this mirror still holds, since it was put back from an older copy of its folder: {1}. Remove it here again, or put back a newer copy; then push.',
        name,
        held.join('; '),
      ),
    );
  }
}

/** Integers come as texts. */
async function carriedOut(client: ClientBase): Promise<readonly OfInstance[]> {
  const { rows } = await client.query<Record<string, string | null>>(TOMBSTONES);
  const numbers = new Set(['id', 'instanceId', 'userId', 'at']);
  return parseTombstones(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          value !== null && numbers.has(key) ? Number(value) : value,
        ]),
      ),
    ),
  ).filter((tombstone) => tombstone.kind !== 'person');
}

/** People whom the mirror holds, whatever the number of their row was when they were erased. */
function heldPeople(mirror: SqliteDatabase, erased: ErasedPeople): readonly string[] {
  return erased.instances.flatMap((instanceId) =>
    mirror
      .all<[number, string]>('SELECT id, remote_id FROM main.users WHERE instance_id = ? ORDER BY id', [
        instanceId,
      ])
      .filter(([, remoteId]) => erased.has(instanceId, remoteId))
      .map(([id]) => l10n.t('the person with users.id {0}', id)),
  );
}

/** Whether what one says was removed is removed by another one too. */
function covers(other: Tombstone, tombstone: OfInstance): boolean {
  if (other.id === tombstone.id) {
    return true;
  }
  if (other.instanceId !== tombstone.instanceId || other.kind === 'person') {
    return false;
  }
  if (other.kind === 'privacy') {
    return tombstone.kind === 'privacy' && !isStricter(tombstone.mode, other.mode);
  }
  return true;
}

function isHeld(mirror: SqliteDatabase, tombstone: OfInstance): boolean {
  const { instanceId } = tombstone;
  if (mirror.get('SELECT 1 FROM main.users WHERE instance_id = ? LIMIT 1', [instanceId]) === undefined) {
    return false;
  }
  if (tombstone.kind === 'instance') {
    return true;
  }
  const [mode] = mirror.get<[PrivacyMode]>('SELECT privacy FROM main.instances WHERE id = ?', [
    instanceId,
  ]) ?? [tombstone.mode];
  return isStricter(tombstone.mode, mode);
}

/** As an administrator finds it in the database; nobody's name is known any more. */
function subjectOf(tombstone: OfInstance): string {
  const { instanceId } = tombstone;
  return tombstone.kind === 'instance'
    ? l10n.t('the instance {0}', instanceId)
    : l10n.t('what the privacy mode {0} excludes of instance {1}', tombstone.mode, instanceId);
}
