import * as l10n from '@vscode/l10n';
import { RestoreError } from '../errors';
import type { InstancesFile } from '../instances/instance';
import { personHash } from '../instances/people';
import { isStricter, type PrivacyMode } from '../instances/privacy';
import type { SqliteDatabase } from '../sqlite/sqlite';
import type { Session } from './session';

/**
 * Refuses a backup that holds what was removed for good since. Whoever removes something deletes older files, so such
 * a file is one that could not be deleted then, or that somebody put back.
 * @param present the mirror as it is now @param backup as it would be restored
 * @throws RestoreError
 */
export function assertRestorable(
  { database: present }: Session,
  { database: backup }: Session,
  listed: InstancesFile,
): void {
  const now = modesIn(present);
  for (const [id, { name, mode }] of modesIn(backup)) {
    if (!hasUsers(backup, id)) {
      continue;
    }
    const instance = listed.instances.find((other) => other.id === id);
    // An empty mirror knows nobody: it says nothing of what was removed.
    if (now.size > 0 && !now.has(id) && instance === undefined && id < listed.nextId) {
      throw new RestoreError(
        l10n.t('This backup holds data of {0}, which was removed for good. Choose a newer one.', name),
      );
    }
    if (
      [now.get(id)?.mode, instance?.privacy].some((other) => other !== undefined && isStricter(other, mode))
    ) {
      throw new RestoreError(
        l10n.t('This backup holds more of {0} than its privacy mode allows now. Choose a newer one.', name),
      );
    }
    if (holdsErased(present, backup, id, listed.salt)) {
      throw new RestoreError(
        l10n.t('This backup holds a person of {0} who was erased since. Choose a newer one.', name),
      );
    }
  }
}

function modesIn(
  database: SqliteDatabase,
): Map<number, { readonly name: string; readonly mode: PrivacyMode }> {
  const rows = database.all<[number, string, PrivacyMode]>('SELECT id, name, privacy FROM instances');
  return new Map(rows.map(([id, name, mode]) => [id, { name, mode }]));
}

function hasUsers(database: SqliteDatabase, instanceId: number): boolean {
  return database.get('SELECT 1 FROM users WHERE instance_id = ? LIMIT 1', [instanceId]) !== undefined;
}

function holdsErased(
  present: SqliteDatabase,
  backup: SqliteDatabase,
  instanceId: number,
  salt: string | undefined,
): boolean {
  const erased = new Set(
    present
      .all<[string]>('SELECT person_hash FROM erased_people WHERE instance_id = ? AND is_deleted = 0', [
        instanceId,
      ])
      .map(([hash]) => hash),
  );
  if (erased.size === 0 || salt === undefined) {
    return false;
  }
  return backup
    .all<[string]>('SELECT remote_id FROM users WHERE instance_id = ?', [instanceId])
    .some(([remoteId]) => erased.has(personHash(salt, instanceId, remoteId)));
}
