import { parentPort, workerData } from 'node:worker_threads';
import { closeIdleShards, ContentShards } from './content/contentShards';
import { dataFolderAt } from './files/dataFolder';
import { NoDatabaseError } from './errors';
import type { ReaderWorkerData } from './reader';
import { checkStatement, type CheckMessage } from './reading/checkStatement';
import { openFolded, plainBytes } from './reading/foldedCopy';
import { LimitedCopies } from './reading/limitedCopies';
import type { Visible } from './reading/limitedCopyTypes';
import { NewestImage } from './reading/newestImage';
import { runStatement } from './reading/runStatement';
import { SchemaCopy } from './reading/schemaCopy';
import { statementsOf } from './reading/shardedText';
import type { SqlParameters } from './resultSet';
import type { SelectionLimit } from './sqlite/sqlite';
import { encodeResult, type ResultMessage } from './workers/resultTransfer';
import { serveRpc, Transfer } from './workers/rpc';

if (parentPort !== null) {
  const folder = dataFolderAt((workerData as ReaderWorkerData).folder);
  const newest = new NewestImage(folder);
  const shards = new ContentShards(folder.content);
  const schema = new SchemaCopy(folder, newest);
  const limited = new LimitedCopies(folder);
  closeIdleShards(shards);
  serveRpc(parentPort, {
    run: async (
      sql: string,
      limit: SelectionLimit,
      parameters?: SqlParameters,
      visible?: Visible,
    ): Promise<Transfer<ResultMessage>> => {
      const sealed = newest.current();
      if (sealed === undefined) {
        throw new NoDatabaseError();
      }
      // The next run needs the image pristine.
      const database =
        visible === undefined
          ? await openFolded(folder, { ...sealed, image: plainBytes(sealed.image) })
          : await limited.open(sealed, visible);
      try {
        const { message, buffers } = encodeResult(
          await runStatement(statementsOf(database, shards), sql, limit, parameters),
        );
        return new Transfer(message, buffers);
      } finally {
        database.close();
      }
    },
    check: async (sql: string): Promise<CheckMessage> => {
      const database = await schema.current();
      try {
        return checkStatement(database, sql);
      } finally {
        schema.leave(sql);
      }
    },
  });
}
