import type { ClientBase } from 'pg';
import { unreadableText } from '../../store/errors';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import { settleDoubts } from './doubtedTexts';
import { RowEncoder, type LocalRow } from './encodeRow';
import type { PushContext } from './pushContext';
import { presentById } from './pushMessages';
import { encodedRows } from './pushTable';
import type { TablePlan } from './tablePlan';
import { changesOf, writeBatch } from './writeRows';

/** Texts that are held at a time: so many, or as many as are so many bytes. */
const BATCH_TEXTS = 1_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/** Texts are counted by so many ids of messages. */
const BUCKET = 10_000;

/** Messages whose text the mirror has, in the image or in a file of older text. */
const HELD = `SELECT id FROM main.message_text UNION ALL SELECT id FROM main.message WHERE content_shard IS NOT NULL`;

const CONTENT = 'SELECT CAST(content AS BLOB) FROM message_text WHERE id = ?';

/** Pushes texts of all messages, wherever the mirror keeps them. @throws TextFileError */
export async function pushAllTexts(context: PushContext, plan: TablePlan): Promise<void> {
  await pushTexts(context, plan, undefined);
  await settleDoubts(context, plan, undefined);
}

/**
 * Pushes the texts of messages that were pushed, and those that the warehouse has lost. What the mirror has let go stays.
 * @param ids of the messages @param expected how many texts the last push left there
 * @returns how many there are now @throws TextFileError
 */
export async function pushNewTexts(
  context: PushContext,
  plan: TablePlan,
  ids: readonly number[],
  expected: number,
): Promise<number> {
  const { client, tally } = context;
  const difference = (): number => tally.of(plan.name, 'inserted') - tally.of(plan.name, 'deleted');
  const [before, found] = [difference(), await countTexts(client)];
  // The mirror may have let go any: only their number tells by itself that all are there.
  const missing = found === expected ? [] : await missingTexts(context);
  await pushTexts(context, plan, [...new Set([...ids, ...missing])]);
  if (ids.length > 0) {
    await settleDoubts(context, plan, ids);
  }
  return found + difference() - before;
}

/** How many texts a warehouse has. */
export async function countTexts(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ texts: string }>('SELECT count(*) AS texts FROM message_text');
  return Number(rows[0]?.texts);
}

async function pushTexts(
  context: PushContext,
  plan: TablePlan,
  ids: readonly number[] | undefined,
): Promise<void> {
  const { mirror } = context;
  const progress = new TextProgress(context, plan, ids);
  const own = heldIn(mirror.database, 'SELECT id FROM main.message_text WHERE true', ids);
  await pushFrom(context, plan, mirror.database, own, progress);
  for (const { id, name } of mirror.shards) {
    const sealed = heldIn(mirror.database, `SELECT id FROM main.message WHERE content_shard = ${id}`, ids);
    // Files with older text are large: one at a time, and only where something of it is wanted.
    if (sealed.length > 0) {
      await mirror.withShard(name, (shard) => pushFrom(context, plan, shard, sealed, progress, name));
    }
  }
}

function heldIn(
  database: SqliteDatabase,
  sql: string,
  ids: readonly number[] | undefined,
): readonly number[] {
  const rows =
    ids === undefined
      ? database.all<[number]>(`${sql} ORDER BY id`)
      : database.all<[number]>(`${sql} AND id IN (SELECT value FROM json_each(?)) ORDER BY id`, [
          JSON.stringify(ids),
        ]);
  return rows.map(([id]) => id);
}

/** @param ids of messages whose text lies in `source` @param file its name below `content/`, where it is one */
async function pushFrom(
  context: PushContext,
  plan: TablePlan,
  source: SqliteDatabase,
  ids: readonly number[],
  progress: TextProgress,
  file?: string,
): Promise<void> {
  const encoder = new RowEncoder(plan.types);
  for (let start = 0; start < ids.length;) {
    context.signal.throwIfAborted();
    const batch = takeTexts(source, ids, start, file);
    const texts: LocalRow[] = encodedRows(
      plan,
      encoder,
      batch.map(({ id, content }) => [id, content]),
    );
    const present = await presentById(
      context,
      plan,
      batch.map(({ id }) => id),
    );
    await writeBatch(
      context,
      plan,
      changesOf(plan, texts, present, () => false),
    );
    start += batch.length;
    progress.add(batch.length);
  }
}

interface MessageText {
  readonly id: number;
  /** UTF-8. */
  readonly content: Uint8Array;
}

function takeTexts(
  source: SqliteDatabase,
  ids: readonly number[],
  start: number,
  file: string | undefined,
): readonly MessageText[] {
  const taken: MessageText[] = [];
  let bytes = 0;
  for (const id of ids.slice(start, start + BATCH_TEXTS)) {
    const content = source.get<[Uint8Array]>(CONTENT, [id])?.[0];
    if (content === undefined) {
      throw unreadableText(`the file content/${file ?? ''} lacks some`);
    }
    taken.push({ id, content });
    bytes += content.length;
    if (bytes >= BATCH_BYTES) {
      break;
    }
  }
  return taken;
}

/** Messages whose text the mirror has and the warehouse has not. */
async function missingTexts({ client, mirror }: PushContext): Promise<readonly number[]> {
  const own = mirror.database.all<[number, number]>(
    `SELECT id / ${BUCKET}, count(*) FROM (${HELD}) GROUP BY 1`,
  );
  const { rows } = await client.query<[string, string]>({
    text: `SELECT id / ${BUCKET}, count(*) FROM message_text GROUP BY 1`,
    rowMode: 'array',
  });
  const there = new Map(rows.map(([bucket, count]) => [Number(bucket), Number(count)]));
  const missing: number[] = [];
  // Where the mirror has let some go the counts differ for good; its ids are looked for.
  for (const [bucket] of own.filter(([id, count]) => there.get(id) !== count)) {
    const bounds = [bucket * BUCKET, (bucket + 1) * BUCKET];
    const held = mirror.database.all<[number]>(`SELECT id FROM (${HELD}) WHERE id >= ? AND id < ?`, bounds);
    const known = await client.query<[string]>({
      text: 'SELECT id FROM message_text WHERE id >= $1 AND id < $2',
      values: bounds,
      rowMode: 'array',
    });
    const present = new Set(known.rows.map(([id]) => Number(id)));
    missing.push(...held.map(([id]) => id).filter((id) => !present.has(id)));
  }
  return missing;
}

/** Tells how many texts were compared. */
class TextProgress {
  readonly #context: PushContext;
  readonly #table: string;
  readonly #total: number;
  #done = 0;

  constructor(context: PushContext, { name }: TablePlan, ids: readonly number[] | undefined) {
    this.#context = context;
    this.#table = name;
    this.#total =
      ids?.length ?? context.mirror.database.get<[number]>(`SELECT count(*) FROM (${HELD})`)?.[0] ?? 0;
  }

  add(texts: number): void {
    this.#done += texts;
    this.#context.onProgress({ table: this.#table, done: this.#done, total: this.#total });
  }
}
