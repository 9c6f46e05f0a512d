import { chatExists } from '../../openwebui/chats';
import { mapConcurrent } from '../concurrency';
import { markMissing } from '../deletions';
import type { Roster, StreamContext } from '../runTypes';
import type { UserChats } from './chatLists';
import { userChatList } from './userChatList';

/** Gathers over all users' lists which chats are gone, and marks them at the end. */
export class MissingChats {
  readonly #context: StreamContext;
  /** Owners of chats that a complete list left out, by chat. */
  readonly #ownerOf = new Map<string, string>();
  /** Everything that any list showed: a chat that moved to another user is not gone. */
  readonly #shown = new Set<string>();
  /** Every user's list was read to its end. */
  #isWhole: boolean;

  constructor(context: StreamContext) {
    this.#context = context;
    this.#isWhole = context.walk === 'complete';
  }

  note({ userRemoteId, isComplete, changes }: UserChats): void {
    changes.shown.forEach((remoteId) => this.#shown.add(remoteId));
    this.#isWhole &&= isComplete;
    if (isComplete) {
      changes.missing.forEach((remoteId) => this.#ownerOf.set(remoteId, userRemoteId));
    }
  }

  /** Somebody's list could not be read. */
  noteFailure(): void {
    this.#isWhole = false;
  }

  /** @returns users whose lists left out chats although nothing says that these are gone */
  async mark(): Promise<ReadonlySet<string>> {
    const { client, writer, runId } = this.#context;
    const remoteIds = [...this.#ownerOf.keys()].filter((remoteId) => !this.#shown.has(remoteId));
    const { marked, held } = await markMissing(this.#context, {
      stream: 'chats',
      remoteIds,
      liveRows: await writer.liveChats(runId),
      exists: (remoteId) => chatExists(client, remoteId),
      // Without the right to read chats every one looks deleted; then the lists are refused too.
      proveAnswers: async (gone) => {
        const owners = new Set(gone.map((remoteId) => this.#ownerOf.get(remoteId) ?? ''));
        for (const owner of owners) {
          await userChatList(this.#context, owner).next();
        }
      },
      isJudged: (remoteId) => this.#isWhole || this.#shown.has(remoteId) || this.#ownerOf.has(remoteId),
    });
    const settled = new Set([...marked, ...held]);
    return new Set(
      remoteIds
        .filter((remoteId) => !settled.has(remoteId))
        .map((remoteId) => this.#ownerOf.get(remoteId) ?? ''),
    );
  }
}

/** Users with chats whose deletion was held back: their lists are read again when a person agrees to it. */
export async function ownersOfHeld(context: StreamContext, { alive }: Roster): Promise<readonly string[]> {
  const { writer, runId, policy, request } = context;
  if (request.acceptMassDeletion !== true) {
    return [];
  }
  const held = new Set(await writer.heldDeletions(runId, 'chats'));
  if (held.size === 0) {
    return [];
  }
  const users = [...alive];
  const owning = await mapConcurrent(users, policy.concurrency, async (userRemoteId) => {
    const known = await writer.knownChats(runId, userRemoteId);
    return known.some(({ remoteId, isDeleted }) => !isDeleted && held.has(remoteId));
  });
  return users.filter((_user, index) => owning[index]);
}
