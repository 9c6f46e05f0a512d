import type { ChatListRecord } from '../../../store/records';
import type { ApplyChatResult } from '../../../store/writeResults';
import { fetchChat } from '../../openwebui/chats';
import { isFailure, type FailureCode, type OpenWebUiError } from '../../openwebui/failures';
import type { StreamContext } from '../runTypes';
import { secondsOf } from '../syncTypes';
import { userChatList } from './userChatList';

/** Unreadable chats in a row after which the server must prove that it still works. */
const PROOF_AFTER = 5;
/** Unreadable chats without a single readable one between them: the server is at fault, not the chats. */
const MOST_IN_A_ROW = 20;
/** Failures that may be one chat's own, such as a filter that takes offence at its text. */
const CHATS_OWN_FAILURES: readonly FailureCode[] = ['htmlInsteadOfJson', 'unexpectedAnswer', 'badRequest'];

/** A chat that must be fetched, and why: its row in its owner's list. */
export interface ChatJob {
  readonly userRemoteId: string;
  readonly listed: ChatListRecord;
}

interface Unreadable extends ChatJob {
  readonly error: OpenWebUiError;
}

/**
 * Fetches chats and hands them to the writer. A chat that cannot be read is put into quarantine, but only once
 * the server has shown that it still serves others: a server in trouble must not empty the mirror.
 */
export class ChatFetcher {
  readonly #context: StreamContext;
  #suspects: Unreadable[] = [];
  #unreadableInARow = 0;
  /** Users whose lists the next run must read again: with chats still changing, unreadable, or gone meanwhile. */
  readonly unsettledUsers = new Set<string>();

  constructor(context: StreamContext) {
    this.#context = context;
  }

  /** @throws OpenWebUiError when the failure is not the chat's own */
  async fetch(job: ChatJob): Promise<void> {
    try {
      await this.#fetchAndApply(job);
    } catch (error) {
      if (!isFailure(error) || !isChatsOwn(error)) {
        throw error;
      }
      await this.#suspect({ ...job, error });
      return;
    }
    this.#unreadableInARow = 0;
    await this.#condemn();
    await this.#context.checkpoint();
  }

  /** Decides about the last unreadable chats. */
  async finish(): Promise<void> {
    const last = this.#suspects.at(-1);
    if (last !== undefined) {
      await this.#proveServerWorks(last);
      await this.#condemn();
    }
  }

  async #fetchAndApply(job: ChatJob): Promise<void> {
    const { ledger, client } = this.#context;
    let result = await this.#fetchOnce(job);
    if (result.outcome === 'malformed') {
      result = await this.#fetchOnce(job);
    }
    if (result.outcome === 'malformed') {
      throw client.failure('malformedJson', { path: `chat ${job.listed.remoteId}` });
    }
    ledger.count('chats', result.chats);
    ledger.count('messages', result.messages);
    if (!result.isSettled) {
      this.unsettledUsers.add(job.userRemoteId);
    }
  }

  async #fetchOnce({ userRemoteId, listed }: ChatJob): Promise<ApplyChatResult> {
    const { client, writer, clock, runId, request } = this.#context;
    const { body, serverNow } = await fetchChat(client, listed.remoteId);
    const fetchedAt = secondsOf(clock);
    return writer.applyChat(runId, {
      body,
      remoteId: listed.remoteId,
      userRemoteId,
      listed,
      fetchedAt,
      keepsTime: request.kind === 'full',
      serverNow,
    });
  }

  async #suspect(unreadable: Unreadable): Promise<void> {
    this.#suspects.push(unreadable);
    this.#unreadableInARow += 1;
    if (this.#unreadableInARow >= MOST_IN_A_ROW) {
      throw unreadable.error;
    }
    if (this.#unreadableInARow % PROOF_AFTER === 0) {
      await this.#proveServerWorks(unreadable);
    }
  }

  /** Reads the list that named the chat: fails when the server is down or no longer lets us read chats. */
  async #proveServerWorks({ userRemoteId }: ChatJob): Promise<void> {
    await userChatList(this.#context, userRemoteId).next();
  }

  async #condemn(): Promise<void> {
    const { writer, ledger, clock, log, instance, runId } = this.#context;
    const suspects = this.#suspects;
    this.#suspects = [];
    for (const { userRemoteId, listed, error } of suspects) {
      this.unsettledUsers.add(userRemoteId);
      if (error.code === 'notFound') {
        continue; // Deleted since its list was read; the next run finds that out.
      }
      const seenAt = secondsOf(clock);
      await writer.quarantine(runId, 'chats', listed.remoteId, error.code, seenAt);
      ledger.count('chats', { quarantined: 1 });
      log.warn(`${instance.name}: chat ${listed.remoteId} cannot be read and was set aside: ${error.code}`);
    }
  }
}

function isChatsOwn({ reach, code }: OpenWebUiError): boolean {
  return reach === 'item' || CHATS_OWN_FAILURES.includes(code);
}
