import type { ClientBase } from 'pg';
import * as l10n from '@vscode/l10n';
import { isStricter, type PrivacyMode } from '../../store/instances/privacy';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import { parseTombstones, TOMBSTONES, type Tombstone } from '../../store/tombstones/tombstone';
import { WarehouseError } from '../warehouseErrors';

/**
 * Refuses a mirror that holds what this warehouse was told to forget: one that was put back from an older copy of its folder
 * knows of no removal since. Restoring a backup keeps them.
 * @param name of the warehouse @param mirror the database that is to be pushed @param known its tombstones
 * @throws WarehouseError
 */
export async function assertFollows(
  client: ClientBase,
  name: string,
  mirror: SqliteDatabase,
  known: readonly Tombstone[],
): Promise<void> {
  const missed = (await carriedOut(client)).filter(
    (tombstone) => !known.some((other) => covers(other, tombstone)) && isHeld(mirror, tombstone),
  );
  if (missed.length > 0) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} has removed for good what this mirror still holds, since it was put back from an older copy of its folder: {1}. Remove it here again, or put back a newer copy; then push.',
        name,
        missed.map(subjectOf).join('; '),
      ),
    );
  }
}

/** Integers come as texts. */
async function carriedOut(client: ClientBase): Promise<readonly Tombstone[]> {
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
  );
}

/** Whether what one says was removed is removed by another one too, such as where somebody was erased once more. */
function covers(other: Tombstone, tombstone: Tombstone): boolean {
  if (other.id === tombstone.id) {
    return true;
  }
  if (other.instanceId !== tombstone.instanceId) {
    return false;
  }
  if (other.kind === 'person') {
    return tombstone.kind === 'person' && other.userId === tombstone.userId;
  }
  if (other.kind === 'privacy') {
    return tombstone.kind === 'privacy' && !isStricter(tombstone.mode, other.mode);
  }
  return true;
}

function isHeld(mirror: SqliteDatabase, tombstone: Tombstone): boolean {
  const { instanceId } = tombstone;
  switch (tombstone.kind) {
    case 'person':
      return has(mirror, 'users WHERE instance_id = ? AND id = ?', [instanceId, tombstone.userId]);
    case 'instance':
      return has(mirror, 'users WHERE instance_id = ?', [instanceId]);
    case 'privacy': {
      const [mode] = mirror.get<[PrivacyMode]>('SELECT privacy FROM main.instances WHERE id = ?', [
        instanceId,
      ]) ?? [tombstone.mode];
      return isStricter(tombstone.mode, mode) && has(mirror, 'users WHERE instance_id = ?', [instanceId]);
    }
  }
}

function has(mirror: SqliteDatabase, rows: string, values: readonly number[]): boolean {
  return mirror.get(`SELECT 1 FROM main.${rows} LIMIT 1`, values) !== undefined;
}

/** As an administrator finds it in the database; nobody's name is known any more. */
function subjectOf(tombstone: Tombstone): string {
  const { instanceId } = tombstone;
  switch (tombstone.kind) {
    case 'person':
      return l10n.t('the person with users.id {0}', tombstone.userId);
    case 'instance':
      return l10n.t('the instance {0}', instanceId);
    case 'privacy':
      return l10n.t('what the privacy mode {0} excludes of instance {1}', tombstone.mode, instanceId);
  }
}
