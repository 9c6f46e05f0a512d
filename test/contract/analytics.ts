import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import initSqlJs from 'sql.js';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from './json';
import { ServerRefusal, type ServerApi } from './serverApi';
import type { ServerDatabase } from './truth';

/** What is counted of generations, in total, by model or by user. */
export interface Counted {
  readonly generations: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The numbers of Open WebUI's own analytics page. */
export interface Analytics {
  readonly messages: number;
  readonly chats: number;
  readonly users: number;
  readonly byModel: ReadonlyMap<string, Counted>;
  readonly byUser: ReadonlyMap<string, Counted>;
}

/** A turn or generation as our public views have it, told by the server's ids. */
export interface Message {
  readonly isTurn: boolean;
  /** As in the server's table: `<chat>-<message>`. */
  readonly id: string;
  readonly chat: string;
  readonly user: string;
  readonly model: string;
  readonly isArena: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Undefined where the server has no analytics: it then answers with its web page. */
export async function readAnalytics(api: ServerApi): Promise<Analytics | undefined> {
  const get = async (name: string): Promise<JsonObject> =>
    objectOf(await api.get(`/api/v1/analytics/${name}`));
  try {
    const summary = await get('summary');
    const tokens = await get('tokens');
    const users = await get('users?limit=1000');
    return {
      messages: numberOf(summary['total_messages']) ?? 0,
      chats: numberOf(summary['total_chats']) ?? 0,
      users: numberOf(summary['total_users']) ?? 0,
      byModel: countedBy(tokens['models'], 'model_id', 'message_count'),
      byUser: countedBy(users['users'], 'user_id', 'count'),
    };
  } catch (error) {
    if (error instanceof ServerRefusal && [200, 404].includes(error.status)) {
      return undefined;
    }
    throw error;
  }
}

function countedBy(rows: unknown, key: string, count: string): Map<string, Counted> {
  return new Map(
    listOf(rows)
      .filter(isObject)
      .map((row) => [
        textOf(row[key]) ?? '',
        {
          generations: numberOf(row[count]) ?? 0,
          inputTokens: numberOf(row['input_tokens']) ?? 0,
          outputTokens: numberOf(row['output_tokens']) ?? 0,
        },
      ]),
  );
}

/** A message as the server's table of messages has it. */
export interface CountedMessage {
  /** NULL: it counts at its user, and nowhere else. */
  readonly model: string | null;
  /** Whether its usage is in the form that the analytics add up: Ollama's own names are not. */
  readonly hasUsage: boolean;
}

/** The turns and answers that the server's analytics look at, by the ids of its table of messages. */
export async function countedByServer(
  database: ServerDatabase,
): Promise<ReadonlyMap<string, CountedMessage>> {
  const script = path.join(__dirname, 'dumpTables.py');
  const { stdout } = await promisify(execFile)(database.python, [script, database.file, 'chat_message'], {
    maxBuffer: 256 * 1024 * 1024,
  });
  const rows = listOf(objectOf(JSON.parse(stdout))['chat_message']).filter(isObject);
  return new Map(
    rows
      .filter(({ role }) => role === 'assistant' || role === 'user')
      .map((row) => [
        textOf(row['id']) ?? '',
        { model: textOf(row['model_id']), hasUsage: hasSummedUsage(row['usage']) },
      ]),
  );
}

function hasSummedUsage(usage: unknown): boolean {
  const fields = objectOf(typeof usage === 'string' ? JSON.parse(usage) : usage);
  return typeof fields['input_tokens'] === 'number' || typeof fields['output_tokens'] === 'number';
}

/** Our turns and generations that the server still has, by the public views; tokens with the repetitions of copies. */
export async function readMessages(dataFolder: string): Promise<readonly Message[]> {
  const SQL = await initSqlJs();
  const file = await readFile(path.join(dataFolder, 'openwebui_sync.db'));
  const database = new SQL.Database(new Uint8Array(file));
  try {
    const [result] = database.exec(`
      SELECT v.is_turn, c.remote_id || '-' || m.remote_id, c.remote_id, u.remote_id, v.model, v.is_arena,
        COALESCE(m.input_tokens, 0), COALESCE(m.output_tokens, 0)
      FROM (
        SELECT 0 AS is_turn, generation_id AS id, COALESCE(model_id, '') AS model, is_arena, is_deleted FROM v_generations
        UNION ALL
        SELECT 1, turn_id, '', 0, is_deleted FROM v_turns
      ) v
      JOIN message m ON m.id = v.id
      JOIN chats c ON c.id = m.chat_id
      JOIN users u ON u.id = m.user_id
      WHERE v.is_deleted = 0`);
    return (result?.values ?? []).map(
      ([isTurn, id, chat, user, model, isArena, inputTokens, outputTokens]) => ({
        isTurn: isTurn === 1,
        id: String(id),
        chat: String(chat),
        user: String(user),
        model: String(model),
        isArena: isArena === 1,
        inputTokens: Number(inputTokens),
        outputTokens: Number(outputTokens),
      }),
    );
  } finally {
    database.close();
  }
}

/**
 * Our messages counted as the server's analytics count theirs: of those that it knows, with its words.
 * @param isCountingTurns whether it counts a user's turns among his messages, as 0.8 does
 */
export function analyticsOf(
  messages: readonly Message[],
  counted: ReadonlyMap<string, CountedMessage>,
  isCountingTurns: boolean,
): Analytics {
  const known = messages.flatMap((message) => {
    const theirs = counted.get(message.id);
    return theirs === undefined ? [] : [asCounted(message, theirs)];
  });
  const ofUsers = known.filter(({ isTurn }) => isCountingTurns || !isTurn);
  const ofModels = known.filter(({ isTurn, id }) => !isTurn && counted.get(id)?.model !== null);
  return {
    messages: ofModels.length,
    chats: new Set(ofModels.map(({ chat }) => chat)).size,
    users: new Set(ofModels.map(({ user }) => user)).size,
    byModel: grouped(ofModels, ({ model }) => model),
    byUser: grouped(ofUsers, ({ user }) => user),
  };
}

/** They keep an arena's own name, where we name the model that answered. */
function asCounted(message: Message, { model, hasUsage }: CountedMessage): Message {
  return {
    ...message,
    model: message.isArena ? (model ?? '') : message.model,
    ...(hasUsage ? {} : { inputTokens: 0, outputTokens: 0 }),
  };
}

function grouped(messages: readonly Message[], keyOf: (message: Message) => string): Map<string, Counted> {
  const groups = new Map<string, Counted>();
  for (const message of messages) {
    const key = keyOf(message);
    const {
      generations: count,
      inputTokens,
      outputTokens,
    } = groups.get(key) ?? {
      generations: 0,
      inputTokens: 0,
      outputTokens: 0,
    };
    groups.set(key, {
      generations: count + 1,
      inputTokens: inputTokens + message.inputTokens,
      outputTokens: outputTokens + message.outputTokens,
    });
  }
  return groups;
}
