import { parentPort, workerData } from 'node:worker_threads';
import { dataFolderAt } from './dataFolder';
import type { ReaderMethods, ReaderWorkerData } from './reader';
import { runStatement } from './reading/runStatement';
import { Snapshot } from './reading/snapshot';
import { serveRpc } from './rpc';

if (parentPort !== null) {
  const snapshot = new Snapshot(dataFolderAt((workerData as ReaderWorkerData).folder));
  serveRpc<Served<ReaderMethods>>(parentPort, {
    query: async (sql, parameters) => runStatement(await snapshot.database(), sql, Infinity, parameters),
    generation: () => snapshot.generation(),
    status: () => snapshot.status(),
  });
}

type Served<M extends { [K in keyof M]: (...args: never[]) => unknown }> = {
  readonly [K in keyof M]: (...args: Parameters<M[K]>) => Promise<ReturnType<M[K]>>;
};
