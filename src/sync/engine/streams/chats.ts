import * as v from 'valibot';
import type { EpochSeconds } from '../../../store/records';
import { chatExists, chatListPages } from '../../openwebui/chats';
import { isUnchanged, type Trust } from '../changeDetection';
import { chunked, mapConcurrent } from '../concurrency';
import { markMissing } from '../deletions';
import type { Roster, StreamContext, StreamDefinition } from '../runTypes';
import { ChatFetcher } from './chatFetcher';
import { ChatLists, isFailedList, type FailedList, type UserChats } from './chatLists';
import { forgetUnfinished, noteUnfinished } from './unfinishedUsers';

/** Lists are read for so many users before their chats are fetched. */
const USERS_PER_ROUND = 50;
/** A full walk that broke off is taken up again within a day. */
const RESUME_WITHIN = 86_400;

const fullWalk = v.object({ startedAt: v.number(), serverVersion: v.string() });

/** Chats with their messages, of the users that the run's roster names. */
export const chatsStream: StreamDefinition = {
  streams: ['chats', 'messages'],
  needsRoster: true,
  isDue: () => true,

  async sync(context) {
    const { roster } = context;
    if (roster === undefined) {
      throw new Error('Chats need the list of users');
    }
    context.ledger.count('messages', {});
    const walk = new ChatWalk(context, roster, await trustOf(context));
    await walk.run();
  },
};

/** An incremental run trusts what did not change; a full one only what it fetched itself before it broke off. */
async function trustOf({ request, states, clock, serverVersion }: StreamContext): Promise<Trust> {
  if (request.kind === 'incremental') {
    return isUnchanged;
  }
  const now = Math.floor(clock.now() / 1000);
  const before = v.safeParse(fullWalk, states.walk('chats'));
  if (before.success && isResumable(before.output, now, serverVersion)) {
    const { startedAt } = before.output;
    return (known, listed) => isUnchanged(known, listed) && (known.fetchedAt ?? 0) >= startedAt;
  }
  await states.change('chats', { walkJson: JSON.stringify({ startedAt: now, serverVersion }) });
  return () => false;
}

function isResumable(
  walk: v.InferOutput<typeof fullWalk>,
  now: EpochSeconds,
  serverVersion: string,
): boolean {
  const age = now - walk.startedAt;
  return walk.serverVersion === serverVersion && age >= 0 && age < RESUME_WITHIN;
}

class ChatWalk {
  readonly #context: StreamContext;
  readonly #users: readonly string[];
  readonly #lists: ChatLists;
  readonly #fetcher: ChatFetcher;
  readonly #failed: FailedList[] = [];
  readonly #missing: { readonly userRemoteId: string; readonly remoteId: string }[] = [];
  /** Owners of chats that their lists left out although nothing says that they are gone. */
  readonly #doubtful = new Set<string>();
  readonly #unfinished: ReadonlySet<string>;
  #skipped: ReadonlySet<string> = new Set();
  #done = 0;
  #toDo = 0;

  constructor(context: StreamContext, roster: Roster, isTrusted: Trust) {
    const { states, request } = context;
    this.#unfinished = new Set(states.unfinishedScopes('chats'));
    const again = [...this.#unfinished].filter((remoteId) => roster.alive.has(remoteId));
    this.#context = context;
    this.#users = [...new Set([...roster.toWalk, ...again])];
    this.#fetcher = new ChatFetcher(context);
    this.#lists = new ChatLists(context, {
      toTheEnd: (user) => request.kind === 'full' || roster.newcomers.has(user) || this.#unfinished.has(user),
      mark: request.kind === 'full' ? undefined : states.get('chats').mark,
      isTrusted,
    });
  }

  async run(): Promise<void> {
    const { request, writer, runId, clock } = this.#context;
    if (request.kind === 'incremental') {
      this.#skipped = new Set(await writer.quarantined(runId, Math.floor(clock.now() / 1000)));
    }
    const rounds = chunked(this.#users, USERS_PER_ROUND);
    for (const [index, users] of rounds.entries()) {
      await this.#round(users, index === rounds.length - 1);
    }
    await this.#fetcher.finish();
    await this.#markMissing();
    await this.#saveStates();
    if (this.#failed[0] !== undefined) {
      throw this.#failed[0].error;
    }
  }

  async #round(users: readonly string[], isLast: boolean): Promise<void> {
    const { ledger, policy } = this.#context;
    const jobs = (await this.#lists.read(users)).flatMap((read) => {
      if (isFailedList(read)) {
        this.#failed.push(read);
        return [];
      }
      this.#noteMissing(read);
      const { unchanged, toFetch } = read.changes;
      ledger.count('chats', { seen: unchanged, unchanged });
      return toFetch
        .filter(({ remoteId }) => !this.#skipped.has(remoteId))
        .map((listed) => ({ userRemoteId: read.userRemoteId, listed }));
    });
    this.#toDo += jobs.length;
    const total = isLast ? this.#toDo : undefined;
    this.#context.progress(this.#done, total);
    await mapConcurrent(jobs, policy.concurrency, async (job) => {
      await this.#fetcher.fetch(job);
      this.#done += 1;
      this.#context.progress(this.#done, total);
    });
  }

  #noteMissing({ userRemoteId, isComplete, changes }: UserChats): void {
    if (isComplete) {
      this.#missing.push(...changes.missing.map((remoteId) => ({ userRemoteId, remoteId })));
    }
  }

  async #markMissing(): Promise<void> {
    const { client, writer, runId } = this.#context;
    const ownerOf = new Map(this.#missing.map(({ remoteId, userRemoteId }) => [remoteId, userRemoteId]));
    const marked = await markMissing(this.#context, {
      stream: 'chats',
      remoteIds: [...ownerOf.keys()],
      liveRows: await writer.liveChats(runId),
      exists: (remoteId) => chatExists(client, remoteId),
      // Without the right to read chats every one looks deleted; then the lists are refused too.
      proveAnswers: async (gone) => {
        const owners = new Set(gone.map((remoteId) => ownerOf.get(remoteId) ?? ''));
        for (const owner of owners) {
          await chatListPages(client, owner).next();
        }
      },
    });
    marked.forEach((remoteId) => ownerOf.delete(remoteId));
    ownerOf.forEach((owner) => this.#doubtful.add(owner));
  }

  /** The mark moves past users whose lists failed: they are noted by name instead. */
  async #saveStates(): Promise<void> {
    const { states, serverStart, request } = this.#context;
    const again = new Set([
      ...this.#failed.map((list) => list.userRemoteId),
      ...this.#fetcher.unsettledUsers,
      // Once: some servers hide chats for good.
      ...[...this.#doubtful].filter((user) => !this.#unfinished.has(user)),
    ]);
    await noteUnfinished(states, [...again]);
    await forgetUnfinished(
      states,
      [...this.#unfinished].filter((user) => !again.has(user)),
    );
    const isComplete = request.kind === 'full' && this.#failed.length === 0;
    await states.change('chats', {
      mark: serverStart,
      walkJson: undefined,
      ...(isComplete && { lastCompleteAt: serverStart }),
    });
  }
}
