import { parentPort, workerData } from 'node:worker_threads';
import { listBackups } from './backups/backups';
import { checkDatabase } from './check/checkDatabase';
import { closeIdleShards, ContentShards } from './content/contentShards';
import { loadConversation, loadMessageText } from './search/conversation';
import { dataFolderAt } from './files/dataFolder';
import type { ReaderMethods, ReaderWorkerData } from './reader';
import { saveCompleteCopy } from './reading/completeCopy';
import { runStatement } from './reading/runStatement';
import { Snapshot } from './reading/snapshot';
import { encodeResult } from './workers/resultTransfer';
import { serveRpc, Transfer } from './workers/rpc';
import { openForSearch, searchChats } from './search/searchChats';

if (parentPort !== null) {
  const folder = dataFolderAt((workerData as ReaderWorkerData).folder);
  const shards = new ContentShards(folder.content);
  closeIdleShards(shards);
  const snapshot = new Snapshot(folder, shards);
  serveRpc<Served<ReaderMethods>>(parentPort, {
    query: async (sql, parameters) => {
      const result = await runStatement(await snapshot.statements(), sql, Infinity, parameters);
      const { message, buffers } = encodeResult(result);
      return new Transfer(message, buffers);
    },
    generation: () => snapshot.generation(),
    status: () => snapshot.status(),
    search: async (request) => {
      const database = await snapshot.database();
      await openForSearch(database, shards);
      return searchChats(database, shards, request);
    },
    conversation: async (chatId, options) =>
      loadConversation(await snapshot.database(), shards, chatId, options),
    messageText: async (messageId, maxChars) =>
      loadMessageText(await snapshot.database(), shards, messageId, maxChars),
    saveCopy: (path) => saveCompleteCopy(folder, path),
    backups: () => listBackups(folder.root),
    check: () => checkDatabase(folder.root),
  });
}

type Served<M extends { [K in keyof M]: (...args: never[]) => unknown }> = {
  readonly [K in keyof M]: (
    ...args: Parameters<M[K]>
  ) => Promise<ReturnType<M[K]> | Transfer<ReturnType<M[K]>>>;
};
