import type { ChatListRecord, EpochSeconds } from '../../../store/records';
import { CHATS_PER_PAGE } from '../../openwebui/dialects';
import { isFailure, type FailureCode, type OpenWebUiError } from '../../openwebui/failures';
import { ACTIVITY_SLACK, compareChats, type ChatChanges, type Trust } from '../changeDetection';
import { mapConcurrent } from '../concurrency';
import type { StreamContext } from '../runTypes';
import { userChatList } from './userChatList';

/** Lists of so many pages are always read to their end, so that deletions show at once. */
const PAGES_TO_THE_END = 3;
/** Lists that fail in a row before the server is taken to be down. */
const FAILURES_IN_A_ROW = 5;
/** Failures of one user's list that say nothing about the others' lists. */
const OTHER_LIST_FAILURES: readonly FailureCode[] = ['endlessList', 'unexpectedAnswer'];

/** One user's chats on the server against those of the mirror. */
export interface UserChats {
  readonly userRemoteId: string;
  readonly changes: ChatChanges;
  /** The list was read to its end and every row could be read. */
  readonly isComplete: boolean;
}

/** A user whose list could not be read. */
export interface FailedList {
  readonly userRemoteId: string;
  readonly error: Error;
}

export interface ListPlan {
  /** Users whose lists must be read to the end. */
  readonly toTheEnd: (userRemoteId: string) => boolean;
  /** Up to when chats are known. */
  readonly mark: EpochSeconds | undefined;
  readonly isTrusted: Trust;
}

/** Reads users' chat lists and compares them with the mirror. */
export class ChatLists {
  readonly #context: StreamContext;
  readonly #plan: ListPlan;
  #failuresInARow = 0;

  constructor(context: StreamContext, plan: ListPlan) {
    this.#context = context;
    this.#plan = plan;
  }

  /** @throws OpenWebUiError when the failure is not one user's alone */
  async read(users: readonly string[]): Promise<readonly (UserChats | FailedList)[]> {
    return mapConcurrent(users, this.#context.policy.concurrency, async (userRemoteId) => {
      try {
        const read = await this.#readOne(userRemoteId);
        this.#failuresInARow = 0;
        return read;
      } catch (error) {
        if (!isFailure(error) || !isOneUsers(error) || ++this.#failuresInARow >= FAILURES_IN_A_ROW) {
          throw error;
        }
        const { log, instance } = this.#context;
        log.warn(`${instance.name}: the chats of user ${userRemoteId} could not be listed: ${error.message}`);
        return { userRemoteId, error };
      }
    });
  }

  async #readOne(userRemoteId: string): Promise<UserChats> {
    const { writer, runId } = this.#context;
    const known = await writer.knownChats(runId, userRemoteId);
    const liveRows = known.filter((chat) => !chat.isDeleted).length;
    const rows: ChatListRecord[] = [];
    let isComplete = true;
    let pages = 0;
    for await (const page of userChatList(this.#context, userRemoteId)) {
      rows.push(...page.rows);
      isComplete &&= page.skipped === 0;
      pages += 1;
      if (this.#mayStop(userRemoteId, pages, page.rows.at(-1), liveRows)) {
        isComplete = false;
        break;
      }
    }
    let changes = compareChats(rows, known, this.#plan.isTrusted);
    const hasNews = changes.toFetch.length > 0 || (isComplete && changes.missing.length > 0);
    if (pages > 1 && hasNews) {
      const fresh = await this.#newOnTop(userRemoteId, rows);
      changes = compareChats([...rows, ...fresh], known, this.#plan.isTrusted);
    }
    return { userRemoteId, changes, isComplete };
  }

  /**
   * Rows move while several pages are read: one that goes away lets another slip from an unread page to a read one.
   * So the beginning is read again, down to where nothing is new. A list that shows exactly what is known hid nothing.
   */
  async #newOnTop(userRemoteId: string, read: readonly ChatListRecord[]): Promise<readonly ChatListRecord[]> {
    const seen = new Set(read.map(rowKey));
    const fresh: ChatListRecord[] = [];
    for await (const page of userChatList(this.#context, userRemoteId)) {
      const news = page.rows.filter((row) => !seen.has(rowKey(row)));
      fresh.push(...news);
      if (news.length < page.rows.length || news.length === 0) {
        break;
      }
    }
    return fresh;
  }

  /** A long list, newest first, is read down to what was there at the last run. */
  #mayStop(
    userRemoteId: string,
    pages: number,
    oldest: ChatListRecord | undefined,
    liveRows: number,
  ): boolean {
    const { toTheEnd, mark } = this.#plan;
    const isLong = pages >= PAGES_TO_THE_END || liveRows > PAGES_TO_THE_END * CHATS_PER_PAGE;
    const isKnownFromHere =
      mark !== undefined && oldest !== undefined && oldest.updatedAt < mark - ACTIVITY_SLACK;
    return isLong && isKnownFromHere && !toTheEnd(userRemoteId);
  }
}

function rowKey({ remoteId, updatedAt, title }: ChatListRecord): string {
  return `${remoteId} ${updatedAt} ${title}`;
}

export function isFailedList(read: UserChats | FailedList): read is FailedList {
  return 'error' in read;
}

function isOneUsers({ reach, code }: OpenWebUiError): boolean {
  return reach === 'item' || OTHER_LIST_FAILURES.includes(code);
}
