import * as l10n from '@vscode/l10n';
import { chunked, mapConcurrent } from '../concurrency';
import type { Roster, StreamContext, StreamDefinition } from '../runTypes';
import { countOf } from '../../words';
import { ChatFetcher } from './chatFetcher';
import { ChatLists, isFailedList, type FailedList } from './chatLists';
import { planTrust, type TrustPlan } from './chatTrust';
import { MissingChats, ownersOfHeld } from './missingChats';
import { forgetUnfinished, noteUnfinished } from './unfinishedUsers';

/** Lists are read for so many users before their chats are fetched. */
const USERS_PER_ROUND = 50;

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
    const trust = await planTrust(context);
    const owners = await ownersOfHeld(context, roster);
    await new ChatWalk(context, { roster, trust, owners }).run();
  },
};

interface WalkPlan {
  readonly roster: Roster;
  readonly trust: TrustPlan;
  /** Users whose lists are read to the end whatever else is known of them. */
  readonly owners: readonly string[];
}

class ChatWalk {
  readonly #context: StreamContext;
  readonly #plan: WalkPlan;
  readonly #users: readonly string[];
  readonly #lists: ChatLists;
  readonly #fetcher: ChatFetcher;
  readonly #missing: MissingChats;
  readonly #failed: FailedList[] = [];
  readonly #unfinished: ReadonlySet<string>;
  #duplicates = 0;
  #done = 0;
  #toDo = 0;

  constructor(context: StreamContext, plan: WalkPlan) {
    const { states, walk } = context;
    const { roster, trust, owners } = plan;
    this.#context = context;
    this.#plan = plan;
    this.#unfinished = new Set(states.unfinishedScopes('chats'));
    const again = [...this.#unfinished].filter((remoteId) => roster.alive.has(remoteId));
    this.#users = [...new Set([...roster.toWalk, ...again, ...owners])];
    this.#fetcher = new ChatFetcher(context);
    this.#missing = new MissingChats(context);
    const toTheEnd = new Set([...roster.newcomers, ...this.#unfinished, ...owners]);
    this.#lists = new ChatLists(context, {
      toTheEnd: (user) => walk === 'complete' || toTheEnd.has(user),
      mark: walk === 'complete' ? undefined : states.get('chats').mark,
      isTrusted: trust.isTrusted,
    });
  }

  async run(): Promise<void> {
    const rounds = chunked(this.#users, USERS_PER_ROUND);
    for (const [index, users] of rounds.entries()) {
      await this.#round(users, index === rounds.length - 1);
    }
    await this.#fetcher.finish();
    const doubtful = await this.#missing.mark();
    await this.#saveStates(doubtful);
    this.#tellDuplicates();
    if (this.#failed[0] !== undefined) {
      throw this.#failed[0].error;
    }
  }

  async #round(users: readonly string[], isLast: boolean): Promise<void> {
    const { ledger, policy, chatsLeftOut } = this.#context;
    const jobs = (await this.#lists.read(users)).flatMap((read) => {
      if (isFailedList(read)) {
        this.#failed.push(read);
        this.#missing.noteFailure();
        return [];
      }
      this.#missing.note(read);
      const { unchanged, toFetch, duplicates } = read.changes;
      this.#duplicates += duplicates;
      ledger.count('chats', { seen: unchanged, unchanged });
      return toFetch
        .filter(({ remoteId }) => !chatsLeftOut.has(remoteId))
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

  /** The mark moves past users whose lists failed: they are noted by name instead. */
  async #saveStates(doubtful: ReadonlySet<string>): Promise<void> {
    const { states, serverStart, walk, request } = this.#context;
    const again = new Set([
      ...this.#failed.map((list) => list.userRemoteId),
      ...this.#fetcher.unsettledUsers,
      // Once: some servers hide chats for good.
      ...[...doubtful].filter((user) => !this.#unfinished.has(user)),
    ]);
    await noteUnfinished(states, [...again]);
    await forgetUnfinished(
      states,
      [...this.#unfinished].filter((user) => !again.has(user)),
    );
    await this.#plan.trust.settle(this.#failed.length === 0);
    const isComplete = walk === 'complete' && this.#failed.length === 0;
    await states.change('chats', {
      mark: serverStart,
      // One that broke off goes on with the next full run, whatever runs came between.
      ...(request.kind === 'full' && { walkJson: undefined }),
      ...(isComplete && { lastCompleteAt: serverStart }),
    });
  }

  #tellDuplicates(): void {
    if (this.#duplicates > 0) {
      const message = l10n.t(
        'The server listed {0} more than once; each was counted once.',
        countOf(this.#duplicates, 'chat'),
      );
      this.#context.note({ code: 'duplicates', message });
    }
  }
}
