import { parentPort, workerData } from 'node:worker_threads';
import { dataFolderAt } from './dataFolder';
import type { ReaderMethods, ReaderWorkerData } from './reader';
import { runStatement } from './reading/runStatement';
import { Snapshot } from './reading/snapshot';
import { encodeResult } from './resultTransfer';
import { serveRpc, Transfer } from './rpc';

if (parentPort !== null) {
  const snapshot = new Snapshot(dataFolderAt((workerData as ReaderWorkerData).folder));
  serveRpc<Served<ReaderMethods>>(parentPort, {
    query: async (sql, parameters) => {
      const result = runStatement(await snapshot.database(), sql, Infinity, parameters);
      const { message, buffers } = encodeResult(result);
      return new Transfer(message, buffers);
    },
    generation: () => snapshot.generation(),
    status: () => snapshot.status(),
  });
}

type Served<M extends { [K in keyof M]: (...args: never[]) => unknown }> = {
  readonly [K in keyof M]: (
    ...args: Parameters<M[K]>
  ) => Promise<ReturnType<M[K]> | Transfer<ReturnType<M[K]>>>;
};
