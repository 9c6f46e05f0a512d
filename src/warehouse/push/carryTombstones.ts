import { parseTombstones, TOMBSTONES } from '../../store/tombstones/tombstone';
import { appliedTombstones, forgetFact, noteTombstones } from '../schema/bookkeeping';
import { applyTombstones } from '../tombstones/applyTombstones';
import { assertFollows } from '../tombstones/assertFollows';
import { ErasedPeople, erasuresIn, noteErased } from '../tombstones/erasedPeople';
import { inTransaction, type PushContext } from './pushContext';

/**
 * Carries over what was erased, what a stricter privacy mode excludes and instances that were removed, where this warehouse
 * has not done so yet. Hashes of rows change with it: all messages are compared afterwards.
 * @returns how many there were @throws WarehouseError where the mirror would bring back what is gone
 */
export async function carryTombstones({ client, mirror, warehouse }: PushContext): Promise<number> {
  const erased = ErasedPeople.ofMirror(mirror.salt, mirror.database);
  const carriedOut = await ErasedPeople.ofWarehouse(mirror.salt, client);
  const { columns, rows } = mirror.database.select(TOMBSTONES, Infinity);
  const known = parseTombstones(
    rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]]))),
  );
  await assertFollows(client, warehouse.name, mirror.database, known, carriedOut.without(erased));
  const applied = await appliedTombstones(client);
  const pending = known.filter(({ id }) => !applied.has(String(id)));
  const fresh = erased.without(carriedOut);
  const people = pending.filter((tombstone) => tombstone.kind === 'person');
  const erasures =
    fresh.instances.length + people.length === 0 ? [] : await erasuresIn(client, { erased, fresh }, people);
  const removals = Math.max(pending.length, erasures.length);
  if (removals > 0) {
    await inTransaction(client, async () => {
      await applyTombstones(client, pending, erasures);
      await noteErased(client, fresh);
      await noteTombstones(
        client,
        pending.map(({ id }) => id),
      );
      await forgetFact(client, 'message_mark');
    });
  }
  return removals;
}
