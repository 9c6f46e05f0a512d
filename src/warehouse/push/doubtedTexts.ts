import type { Cell } from '../../store/resultSet';
import { isTextOf } from '../../store/writer/messageHash';
import { DIGEST_COLUMN } from '../schema/tables';
import { RowEncoder, type LocalRow } from './encodeRow';
import type { PushContext } from './pushContext';
import { NUL_SYMBOL } from './storableIds';
import type { TablePlan } from './tablePlan';

/** Texts that are looked at together. */
const PAGE_TEXTS = 500;

const HAS_TEXT = `
  SELECT 1 FROM main.message m WHERE m.id = ? AND (m.content_shard IS NOT NULL
    OR EXISTS (SELECT 1 FROM main.message_text t WHERE t.id = m.id))`;

const DOUBT = `
  UPDATE message_text t SET ${DIGEST_COLUMN} = NULL
  FROM message m JOIN unnest($1::bigint[], $2::text[]) AS written (id, row_hash) ON written.id = m.id
  WHERE t.id = m.id AND m.row_hash <> written.row_hash`;

const DOUBTED = `SELECT id, content FROM message_text WHERE ${DIGEST_COLUMN} IS NULL`;

interface Settled {
  readonly ids: string[];
  readonly digests: string[];
}

/**
 * Before messages are written: takes the digest from texts that may be of an earlier version of them. Texts that the mirror
 * has follow in the same push; only where that is a transaction of its own they are doubted too, since it may never come.
 */
export async function doubtTexts(
  { client, mirror, isAtOnce }: PushContext,
  { columns }: TablePlan,
  messages: readonly LocalRow[],
): Promise<void> {
  const id = columns.indexOf('id');
  const hash = columns.indexOf('row_hash');
  const follows = (messageId: Cell = null): boolean =>
    isAtOnce && mirror.database.get(HAS_TEXT, [messageId]) !== undefined;
  const doubted = messages.filter(({ cells }) => !follows(cells[id]));
  await client.query(DOUBT, [doubted.map(({ cells }) => cells[id]), doubted.map(({ cells }) => cells[hash])]);
}

/**
 * After texts were pushed: of those that are still doubted the mirror has none any more. A text that its message had when it
 * was written last stays; one of an earlier version goes, whose successor was let go before it was pushed.
 * @param ids of messages that were written; undefined: any
 */
export async function settleDoubts(
  context: PushContext,
  plan: TablePlan,
  ids: readonly number[] | undefined,
): Promise<void> {
  const encoder = new RowEncoder(plan.types);
  let after = '-9223372036854775808';
  for (;;) {
    context.signal.throwIfAborted();
    const { rows } = await context.client.query<{ id: string; content: string }>(
      `${DOUBTED} AND id > $1 ${ids === undefined ? '' : 'AND id = ANY($2::bigint[])'}
       ORDER BY id LIMIT ${PAGE_TEXTS}`,
      ids === undefined ? [after] : [after, ids],
    );
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    after = last.id;
    const known: Settled = { ids: [], digests: [] };
    const outdated: string[] = [];
    for (const { id, content } of rows) {
      const verdict = isCurrent(context, Number(id), content);
      if (verdict === true) {
        known.ids.push(id);
        known.digests.push(encoder.encode([BigInt(id), content]).digest);
      } else if (verdict === false) {
        outdated.push(id);
      }
    }
    await context.batch(() => settle(context, known, outdated));
  }
}

async function settle(
  { client, tally }: PushContext,
  known: Settled,
  outdated: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE message_text t SET ${DIGEST_COLUMN} = k.digest
     FROM unnest($1::bigint[], $2::bigint[]) AS k (id, digest) WHERE t.id = k.id`,
    [known.ids, known.digests],
  );
  await client.query('DELETE FROM message_text WHERE id = ANY($1::bigint[])', [outdated]);
  tally.add('message_text', { deleted: outdated.length });
}

/** As the mirror had it: U+0000 is another character in a warehouse. */
function isCurrent({ mirror }: PushContext, id: number, content: string): boolean | undefined {
  return (
    isTextOf(mirror.database, id, content) === true ||
    isTextOf(mirror.database, id, content.replaceAll(NUL_SYMBOL, '\0'))
  );
}
