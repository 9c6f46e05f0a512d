import type { ClientBase } from 'pg';
import type { Tombstone } from '../../store/tombstones/tombstone';
import { INSTANCE_STEPS } from '../../store/writer/instanceSteps';
import { ACCOUNTS_OF_INSTANCE } from './accounts';
import type { Erasure } from './erasedPeople';
import { erasePersonIn } from './erasePerson';
import { forgetStatistics } from './forgetStatistics';
import { removalTarget, removeIn, type RemovalTarget } from './removalTarget';
import { tightenPrivacyIn } from './tightenPrivacy';

/** Rows that belong to others, which are there before them. */
const OWNED = [
  { table: 'message_text', of: 'message', by: 'id' },
  { table: 'message_sources', of: 'message', by: 'message_id' },
  { table: 'generation_costs', of: 'message', by: 'generation_id' },
  { table: 'chat_models', of: 'chats', by: 'chat_id' },
] as const;

/**
 * Removes in a warehouse what was removed from the mirror for good, whether the mirror still had the rows or not. Inside a
 * transaction, before any rows are pushed: ids of rows that are gone may have been given to others since.
 * @param erasures the people among them
 */
export async function applyTombstones(
  client: ClientBase,
  tombstones: readonly Tombstone[],
  erasures: readonly Erasure[],
): Promise<void> {
  const target = await removalTarget(client);
  for (const erasure of erasures) {
    await erasePersonIn(target, erasure);
  }
  for (const tombstone of tombstones) {
    await apply(target, tombstone);
    await keep(client, tombstone);
  }
  await removeOrphans(target);
  await forgetStatistics(client);
}

/** Somebody may have taken a message away by hand, and with it what told whose its text was. */
async function removeOrphans({ client }: RemovalTarget): Promise<void> {
  for (const { table, of, by } of OWNED) {
    await client.query(
      `DELETE FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM ${of} o WHERE o.id = t.${by})`,
    );
  }
}

async function apply(target: RemovalTarget, tombstone: Tombstone): Promise<void> {
  const { instanceId } = tombstone;
  switch (tombstone.kind) {
    case 'person':
      // Whose rows these are was told by the erasures.
      return;
    case 'privacy':
      return tightenPrivacyIn(target, instanceId, tombstone.mode);
    case 'instance':
      for (const step of [...ACCOUNTS_OF_INSTANCE, ...INSTANCE_STEPS]) {
        await removeIn(target, step, [instanceId]);
      }
  }
}

/** At once, not only with the other rows of the push: a copy of the mirror from before must not bring back what is gone. */
async function keep(client: ClientBase, tombstone: Tombstone): Promise<void> {
  const { id, kind, instanceId, at } = tombstone;
  await client.query(
    `INSERT INTO tombstones (id, kind, instance_id, user_id, mode, created_at, created_at_epoch, sync_datetime,
       sync_datetime_epoch, is_deleted) VALUES ($1, $2, $3, $4, $5, '', $6, '', $6, 0) ON CONFLICT (id) DO NOTHING`,
    [
      ...[id, kind, instanceId, kind === 'person' ? tombstone.userId : null],
      ...[kind === 'privacy' ? tombstone.mode : null, at],
    ],
  );
}
