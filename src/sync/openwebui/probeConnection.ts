import type { ChatListRecord, UserRecord } from '../../store/records';
import { readVersion } from './auth';
import { chatListPages, fetchChat } from './chats';
import { OpenWebUiClient, type ClientOptions } from './client';
import type {
  Area,
  AreaAccess,
  ConnectionProblem,
  ConnectionReport,
  FirstSyncEstimate,
} from './connectionReport';
import { CHATS_PER_PAGE, DIALECTS, routeOf, USERS_PER_PAGE } from './dialects';
import { isFailure, type FailureCode } from './failures';
import { feedbackPages } from './feedback';
import { filePages } from './files';
import { knowledgePages } from './knowledge';
import { readWorkspaceModels } from './models';
import type { Page } from './paging';
import { readAllUsers, userPages } from './users';

/** Users, spread over the first page of them, whose first page of chats is read: how much people chat differs widely. */
const SAMPLED_USERS = 15;
/** Version, groups, feedback, models, knowledge bases and files. */
const FIXED_CALLS = 12;

const ACCESS: Partial<Record<FailureCode, 'refused' | 'unsupported'>> = {
  chatAccessOff: 'refused',
  forbidden: 'refused',
  endpointNotAllowed: 'refused',
  unsupported: 'unsupported',
};

/**
 * Tries an address and a credential: what answers there, whether the account may read what a sync needs, and what
 * the first sync is about to cost. About 20 calls, one retry each.
 * @throws the signal's reason when cancelled
 */
export async function probeConnection(options: ClientOptions): Promise<ConnectionReport> {
  const retries = Math.min(1, options.policy.retries);
  let version: string | undefined;
  try {
    const client = new OpenWebUiClient({ ...options, policy: { ...options.policy, retries } });
    version = await readVersion(client);
    if (!client.hasCredential) {
      throw client.failure('keyMissing');
    }
    return await new Probe(client, options, version).run();
  } catch (error) {
    const problem = problemOf(error);
    return { ok: false, url: options.url, version, problem, areas: [] };
  }
}

class Probe {
  readonly #client: OpenWebUiClient;
  readonly #options: ClientOptions;
  readonly #version: string;

  constructor(client: OpenWebUiClient, options: ClientOptions, version: string) {
    this.#client = client;
    this.#options = options;
    this.#version = version;
  }

  async run(): Promise<ConnectionReport> {
    const { clock, url } = this.#options;
    const startedAt = clock.now();
    const users = await firstOf(userPages(this.#client, 'email'));
    const lists = await this.#sampleLists(users.rows);
    const areas: AreaAccess[] = [
      { area: 'users', access: 'readable' },
      await tryArea('groups', () => this.#client.getJson(routeOf(DIALECTS.groups[0]))),
      await this.#tryChats(lists),
      await tryArea('feedback', () => firstOf(feedbackPages(this.#client))),
      await tryArea('models', () => readWorkspaceModels(this.#client)),
      await tryArea('knowledge_bases', () => firstOf(knowledgePages(this.#client))),
      await tryArea('files', () => firstOf(filePages(this.#client))),
    ];
    const userCount = users.total ?? (await this.#countUsers(users));
    const msPerCall = (clock.now() - startedAt) / Math.max(1, this.#client.statistics.requests);
    const estimate = Array.isArray(lists) ? this.#estimate(userCount, lists, msPerCall) : undefined;
    const { skewMs } = this.#client.statistics;
    return { ok: true, url, version: this.#version, areas, skewMs, estimate };
  }

  /** First pages of some users' lists, or why there are none. */
  async #sampleLists(
    users: readonly UserRecord[],
  ): Promise<readonly (readonly ChatListRecord[])[] | ConnectionProblem> {
    try {
      const step = Math.max(1, users.length / SAMPLED_USERS);
      const sample = users.filter((_, index) => Math.floor(index % step) === 0);
      return await Promise.all(
        sample.map(async (user) => (await firstOf(chatListPages(this.#client, user.remoteId))).rows),
      );
    } catch (error) {
      return problemOf(error);
    }
  }

  async #tryChats(lists: readonly (readonly ChatListRecord[])[] | ConnectionProblem): Promise<AreaAccess> {
    if (!Array.isArray(lists)) {
      return toAccess('chats', lists as ConnectionProblem);
    }
    const chat = (lists as readonly (readonly ChatListRecord[])[]).flat()[0];
    return chat === undefined
      ? { area: 'chats', access: 'untested' }
      : tryArea('chats', () => fetchChat(this.#client, chat.remoteId));
  }

  async #countUsers(firstPage: Page<UserRecord>): Promise<number> {
    try {
      return (await readAllUsers(this.#client)).rows.length;
    } catch (error) {
      if (isFailure(error)) {
        return firstPage.rows.length; // Up to 0.6.5 the first page holds everybody.
      }
      throw error;
    }
  }

  #estimate(
    users: number,
    lists: readonly (readonly ChatListRecord[])[],
    msPerCall: number,
  ): FirstSyncEstimate {
    const { policy } = this.#options;
    const sampled = lists.reduce((sum, list) => sum + list.length, 0);
    const chats = lists.length === 0 ? 0 : Math.round((sampled / lists.length) * users);
    const userPagesToRead = Math.ceil(users / USERS_PER_PAGE) + 1;
    const listPages = users + Math.floor(chats / CHATS_PER_PAGE);
    const calls = FIXED_CALLS + userPagesToRead + listPages + chats;
    const ms = calls * Math.max(policy.delayMs, msPerCall / Math.max(1, policy.concurrency));
    return { users, chats, calls, minutes: Math.max(1, Math.ceil(ms / 60_000)) };
  }
}

async function firstOf<T>(pages: AsyncGenerator<Page<T>>): Promise<Page<T>> {
  const first = await pages.next();
  await pages.return(undefined);
  return first.done === true ? { rows: [], skipped: 0 } : first.value;
}

async function tryArea(area: Area, read: () => Promise<unknown>): Promise<AreaAccess> {
  try {
    await read();
    return { area, access: 'readable' };
  } catch (error) {
    return toAccess(area, problemOf(error));
  }
}

function toAccess(area: Area, problem: ConnectionProblem): AreaAccess {
  return { area, access: ACCESS[problem.code] ?? 'failed', problem };
}

/** @throws what is no failure of the server */
function problemOf(error: unknown): ConnectionProblem {
  if (!isFailure(error)) {
    throw error;
  }
  return { code: error.code, message: error.message };
}
