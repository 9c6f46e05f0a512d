import type { Backup } from './backups/backupTypes';
import type { CheckReport } from './check/checkTypes';
import type {
  Conversation,
  ConversationOptions,
  ConversationReader,
  MessageContent,
} from './search/conversationTypes';
import { IdleWorker } from './workers/idleWorker';
import type { ReportReader, SqlParameters } from './resultSet';
import { decodeResult, type ResultMessage } from './workers/resultTransfer';
import type { MirrorStatus } from './runs';
import type { SearchRequest, SearchResult } from './search/searchTypes';

export interface ReaderOptions {
  /** The data folder. */
  readonly folder: string;
  /** Bundle of `src/store/readerWorker.ts`. */
  readonly workerPath: string;
  /** The worker is dropped when nothing was asked for so long. Default 10 min. */
  readonly idleMs?: number | undefined;
}

/** Reads reports, the status, single chats and what a search finds from the newest file generation. */
export interface StoreReader extends ReportReader, ConversationReader {
  /** The status, derived anew from the newest generation and the journal. */
  status(): Promise<MirrorStatus>;
  /** Looks for words in titles and messages; the first search of a generation builds an index. @throws NoDatabaseError */
  search(request: SearchRequest): Promise<SearchResult>;
  /**
   * Saves the newest generation as one file with all text in it. @param path absolute, outside the data folder
   * @returns its size in bytes. @throws NoDatabaseError, TextFileError
   */
  saveCopy(path: string): Promise<number>;
  /** What the mirror can be restored from, newest first. */
  backups(): Promise<readonly Backup[]>;
  /** Looks at every file of the data folder; changes nothing. */
  check(): Promise<CheckReport>;
  /** Disposes of it, and waits until nothing of it writes any more. */
  end(): Promise<void>;
}

/** What the reader and the query worker read at their start. */
export interface ReaderWorkerData {
  readonly folder: string;
}

/** The methods that the reader worker serves. */
export interface ReaderMethods {
  readonly query: (sql: string, parameters?: SqlParameters) => ResultMessage;
  readonly generation: () => number;
  readonly status: () => MirrorStatus;
  readonly search: (request: SearchRequest) => SearchResult;
  readonly conversation: (chatId: number, options?: ConversationOptions) => Conversation | undefined;
  readonly messageText: (messageId: number, maxChars?: number) => MessageContent | undefined;
  readonly saveCopy: (path: string) => number;
  readonly backups: () => readonly Backup[];
  readonly check: () => CheckReport;
}

/** A reader whose worker starts with the first question and goes when idle. */
export function createReader({ folder, workerPath, idleMs }: ReaderOptions): StoreReader {
  const worker = new IdleWorker<ReaderMethods>(workerPath, { folder } satisfies ReaderWorkerData, idleMs);
  return {
    query: async (sql, parameters) =>
      decodeResult(await worker.ask((client) => client.call('query', [sql, parameters]))),
    generation: () => worker.ask((client) => client.call('generation', [])),
    status: () => worker.ask((client) => client.call('status', [])),
    search: (request) => worker.ask((client) => client.call('search', [request])),
    conversation: (chatId, options) => worker.ask((client) => client.call('conversation', [chatId, options])),
    messageText: (messageId, maxChars) =>
      worker.ask((client) => client.call('messageText', [messageId, maxChars])),
    saveCopy: (path) => worker.ask((client) => client.call('saveCopy', [path])),
    backups: () => worker.ask((client) => client.call('backups', [])),
    check: () => worker.ask((client) => client.call('check', [])),
    dispose: () => void worker.dispose(),
    end: () => worker.dispose(),
  };
}
