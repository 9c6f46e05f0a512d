import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerInfo } from './servers';

/** How requests are let go: the promise to servers is 50 ms between two starts and four at once. */
export interface Pace {
  readonly delayMs: number;
  readonly concurrency: number;
}

/** What a usage report is made of. */
export interface UsageNumbers {
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
  /** Messages by the user's id on the server; users without any are left out. */
  readonly byUser: ReadonlyMap<string, number>;
}

export interface DirectReport {
  readonly numbers: UsageNumbers;
  readonly calls: number;
  readonly elapsedMs: number;
}

interface Listed {
  readonly id: string;
}
interface ChatBody {
  readonly user_id: string;
  readonly chat: {
    readonly history?: { readonly messages?: Readonly<Record<string, unknown>> };
    readonly messages?: readonly unknown[];
  };
}

const PAGE = 60;

/** The numbers of a report straight from the API, as it was done before: users, every chat list, every chat. */
export async function reportFromApi(server: ServerInfo, pace: Pace): Promise<DirectReport> {
  const started = performance.now();
  const api = new PacedApi(server, pace);
  const { users } = await api.get<{ readonly users: readonly Listed[] }>('/api/v1/users/all');
  const lists = await api.each(users, ({ id }) => chatsOf(api, id));
  const chats = lists.flat();
  const byUser = new Map<string, number>();
  await api.each(chats, async ({ id }) => {
    const body = await api.get<ChatBody>(`/api/v1/chats/share/${id}`);
    byUser.set(body.user_id, (byUser.get(body.user_id) ?? 0) + messageCount(body));
  });
  const messages = [...byUser.values()].reduce((sum, count) => sum + count, 0);
  return {
    numbers: { users: users.length, chats: chats.length, messages, byUser },
    calls: api.calls,
    elapsedMs: performance.now() - started,
  };
}

async function chatsOf(api: PacedApi, userId: string): Promise<Listed[]> {
  const chats: Listed[] = [];
  for (let page = 1; ; page += 1) {
    const query = `page=${page}&skip=${(page - 1) * PAGE}&limit=${PAGE}`;
    const rows = await api.get<readonly Listed[]>(`/api/v1/chats/list/user/${userId}?${query}`);
    chats.push(...rows);
    if (rows.length < PAGE) {
      return chats;
    }
  }
}

function messageCount({ chat }: ChatBody): number {
  const tree = Object.keys(chat.history?.messages ?? {}).length;
  return tree === 0 ? (chat.messages?.length ?? 0) : tree;
}

/** GET requests of one server at a pace. */
class PacedApi {
  readonly #server: ServerInfo;
  readonly #pace: Pace;
  #nextStart = 0;
  calls = 0;

  constructor(server: ServerInfo, pace: Pace) {
    this.#server = server;
    this.#pace = pace;
  }

  async get<T>(path: string): Promise<T> {
    const now = performance.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + this.#pace.delayMs;
    if (start > now) {
      await sleep(start - now);
    }
    this.calls += 1;
    const answer = await fetch(this.#server.url + path, {
      headers: { authorization: `Bearer ${this.#server.apiKey}` },
    });
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}`);
    }
    return (await answer.json()) as T;
  }

  /** Results in the order of the items, `concurrency` at once. */
  async each<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
    const results: Result[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < items.length; index = next++) {
        results[index] = await work(items[index] as Item);
      }
    };
    await Promise.all(Array.from({ length: this.#pace.concurrency }, worker));
    return results;
  }
}
