import { parentPort, workerData } from 'node:worker_threads';
import { closeIdleShards, ContentShards } from './content/contentShards';
import { dataFolderAt } from './files/dataFolder';
import { NoDatabaseError } from './errors';
import type { ReaderWorkerData } from './reader';
import { openFolded } from './reading/foldedCopy';
import { NewestImage } from './reading/newestImage';
import { runStatement } from './reading/runStatement';
import { statementsOf } from './reading/shardedText';
import type { SqlParameters } from './resultSet';
import { encodeResult, type ResultMessage } from './workers/resultTransfer';
import { serveRpc, Transfer } from './workers/rpc';

if (parentPort !== null) {
  const folder = dataFolderAt((workerData as ReaderWorkerData).folder);
  const newest = new NewestImage(folder);
  const shards = new ContentShards(folder.content);
  closeIdleShards(shards);
  serveRpc(parentPort, {
    run: async (sql: string, limit: number, parameters?: SqlParameters): Promise<Transfer<ResultMessage>> => {
      const sealed = newest.current();
      if (sealed === undefined) {
        throw new NoDatabaseError();
      }
      // Plain bytes are copied by sql.js, a Buffer would be written into: the next run needs them pristine.
      const database = await openFolded(folder, { ...sealed, image: plainBytes(sealed.image) });
      try {
        const { message, buffers } = encodeResult(
          await runStatement(statementsOf(database, shards), sql, limit, parameters),
        );
        return new Transfer(message, buffers);
      } finally {
        database.close();
      }
    },
  });
}

function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
