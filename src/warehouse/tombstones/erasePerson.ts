import { COUNTING_FIRST } from '../../store/writer/copies';
import { PERSON_STEPS, personStatement, SENTENCE_STEPS } from '../../store/writer/personSteps';
import { DIGEST_COLUMN } from '../schema/tables';
import { ACCOUNTS_OF_PERSON } from './accounts';
import type { Erasure } from './erasedPeople';
import { removeIn, type RemovalTarget } from './removalTarget';

/** Message ids of his that others have copies of. */
const REPEATED = `
  SELECT DISTINCT own.remote_id FROM message own
  JOIN message other ON other.remote_id = own.remote_id AND other.instance_id = own.instance_id
    AND other.user_id <> own.user_id
  WHERE own.user_id = $1`;

/** As the mirror does: of messages with one id the first counts. */
const MARK_COPIES = `
  UPDATE message AS marked SET is_copy = ranked.is_copy, ${DIGEST_COLUMN} = NULL
  FROM (
    SELECT m.id, CASE row_number() OVER (PARTITION BY m.remote_id ORDER BY ${COUNTING_FIRST}) WHEN 1 THEN 0 ELSE 1 END
      AS is_copy
    FROM message m JOIN chats c ON c.id = m.chat_id
    WHERE m.instance_id = $1 AND m.remote_id = ANY($2::text[])
  ) ranked
  WHERE marked.id = ranked.id AND marked.is_copy <> ranked.is_copy`;

/** Erases somebody with all that is his, also what the mirror let go long ago. Who he was is told by the warehouse's own row. */
export async function erasePersonIn(
  target: RemovalTarget,
  { instanceId, userId, person }: Erasure,
): Promise<void> {
  const { client } = target;
  const { rows: repeated } = await client.query<{ remote_id: string }>(REPEATED, [userId]);
  for (const step of PERSON_STEPS) {
    await removeIn(target, step, [instanceId, userId, person?.remoteId ?? null], personStatement);
  }
  // Somebody may have taken the chats away by hand.
  await client.query('DELETE FROM message WHERE user_id = $1', [userId]);
  await client.query(MARK_COPIES, [instanceId, repeated.map(({ remote_id }) => remote_id)]);
  if (person === undefined) {
    return;
  }
  for (const step of ACCOUNTS_OF_PERSON) {
    await removeIn(target, step, [instanceId, person.remoteId]);
  }
  for (const name of [person.remoteId, person.name, person.email]) {
    for (const step of name === null || name === '' ? [] : SENTENCE_STEPS) {
      await removeIn(target, step, [name]);
    }
  }
}
