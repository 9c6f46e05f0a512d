import type { RefetchResult } from '../check/checkTypes';
import { wrongNumbers } from '../check/derivedNumbers';
import { withLostTexts } from '../check/lostTexts';
import { shardStates, type ShardState } from '../check/shardStates';
import { putShardAside } from '../content/asideShards';
import { fileTimeOf } from '../localTime';
import { markCopiesOf } from './copies';
import type { MirrorFile } from './mirrorFile';
import { stamp, type Session } from './session';

/** A hash that no row has: whatever a server tells next is news. */
const UNSET = '';

/**
 * Has texts that cannot be read any more fetched by the next syncs: their messages stand without text from now on, and
 * their chats, where the server may still have them, count as unsettled. The same where derived numbers do not agree.
 * Publishes; damaged shards go to `corrupt/` then.
 * @throws PublishConflictError, StorageError; when another process may be writing to the mirror
 */
export function refetchTexts(file: MirrorFile): RefetchResult {
  file.assertMayErase();
  const { session, folder } = file;
  const shards = shardStates(session.database, folder.content);
  const numbers = wrongNumbers(session.database);
  const broken = shards.filter(({ state }) => state === 'missing' || state === 'damaged');
  const lost = withLostTexts(session.database, shards, numbers, (counts) => {
    if (counts.messages + counts.chats > 0) {
      file.change('rows', () => {
        forgetTexts(session);
        markCopiesAnew(session);
        file.shards.retire(broken);
      });
    }
    return counts;
  });
  const { generation, published } = file.publish();
  putAside(file, broken);
  return { ...lost, generation, published };
}

function forgetTexts(session: Session): void {
  const { database } = session;
  database.run(
    `UPDATE message SET content_shard = NULL, row_hash = ?, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id IN (SELECT id FROM temp.lost_text)`,
    [UNSET, ...stamp(session)],
  );
  database.run(
    `UPDATE chats SET is_settled = 0, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE id IN (SELECT id FROM temp.chat_to_fetch)`,
    [...stamp(session)],
  );
  // Derived numbers are written again only with a row that has changed.
  database.run(
    `UPDATE message SET row_hash = ?, sync_datetime = ?, sync_datetime_epoch = ?
     WHERE chat_id IN (SELECT id FROM temp.chat_to_fetch WHERE is_derived_wrong)`,
    [UNSET, ...stamp(session)],
  );
}

/** Which messages count as copies follows from the mirror alone. */
function markCopiesAnew(session: Session): void {
  const repeated = session.database.all<[number, string]>(
    `SELECT m.instance_id, m.remote_id FROM temp.chat_to_fetch f JOIN message m ON m.chat_id = f.id
     WHERE f.is_derived_wrong`,
  );
  for (const [instanceId, remoteId] of repeated) {
    markCopiesOf(session, instanceId, [remoteId]);
  }
}

/** Only now: the generation before names them. */
function putAside({ session, folder }: MirrorFile, broken: readonly ShardState[]): void {
  for (const { name, state } of broken) {
    if (name !== undefined && state === 'damaged') {
      putShardAside(folder, name, fileTimeOf(session.localTime, session.now()));
    }
  }
}
