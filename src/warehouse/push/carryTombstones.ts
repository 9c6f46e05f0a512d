import { parseTombstones, TOMBSTONES } from '../../store/tombstones/tombstone';
import { appliedTombstones, forgetFact, noteTombstones } from '../schema/bookkeeping';
import { applyTombstones } from '../tombstones/applyTombstones';
import { inTransaction, type PushContext } from './pushContext';

/**
 * Carries over what was erased, what a stricter privacy mode excludes and instances that were removed, where this warehouse
 * has not done so yet. Hashes of rows change with it: all messages are compared afterwards.
 * @returns how many there were
 */
export async function carryTombstones({ client, mirror }: PushContext): Promise<number> {
  const { columns, rows } = mirror.database.select(TOMBSTONES, Infinity);
  const known = parseTombstones(
    rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]]))),
  );
  const applied = await appliedTombstones(client);
  const pending = known.filter(({ id }) => !applied.has(String(id)));
  if (pending.length > 0) {
    await inTransaction(client, async () => {
      await applyTombstones(client, pending);
      await noteTombstones(
        client,
        pending.map(({ id }) => id),
      );
      await forgetFact(client, 'message_mark');
    });
  }
  return pending.length;
}
