import { parentPort, workerData } from 'node:worker_threads';
import { NewerDatabaseError } from './errors';
import { WRITER_METHODS } from './mirrorWriter';
import type { WriterMethods, WriterWorkerData } from './openWriter';
import type { ChatDecoder, EpochSeconds } from './records';
import { serveRpc, type Port } from './workers/rpc';
import { MirrorDatabase, type MirrorOptions } from './writer/mirrorDatabase';
import { restoreOverNewer } from './writer/restore';

/** `WriterMethods` with synchronous bodies. */
type Served = {
  readonly [K in keyof WriterMethods]: (
    ...args: Parameters<WriterMethods[K]>
  ) => Awaited<ReturnType<WriterMethods[K]>> | ReturnType<WriterMethods[K]>;
};

/** Runs the writer in this worker; its time is the caller's. @param decodeChat reads the chat bodies here. */
export function serveWriter(decodeChat: ChatDecoder): void {
  if (parentPort === null) {
    throw new Error('The writer runs in a worker only');
  }
  serveRpc<Served>(parentPort satisfies Port, methods(workerData as WriterWorkerData, decodeChat), {
    onContext: (context) => {
      callerTime = context as EpochSeconds;
    },
  });
}

let callerTime: EpochSeconds = 0;

function methods({ isForRestore, ...data }: WriterWorkerData, decodeChat: ChatDecoder): Served {
  const options: MirrorOptions = { ...data, decodeChat, now: () => callerTime };
  let opened: MirrorDatabase | undefined;
  const mirror = (): MirrorDatabase => {
    if (opened === undefined) {
      throw new Error('The writer was not opened');
    }
    return opened;
  };
  const served = WRITER_METHODS.map((name) => [
    name,
    (...args: unknown[]) => {
      const database: Omit<Served, 'open'> = mirror();
      return (database[name] as (...args: unknown[]) => unknown).apply(database, args);
    },
  ]);
  return {
    ...(Object.fromEntries(served) as Served),
    open: async () => {
      try {
        opened = await MirrorDatabase.open(options);
      } catch (error) {
        if (!isForRestore || !(error instanceof NewerDatabaseError)) {
          throw error;
        }
      }
    },
    restore: async (name) => {
      if (opened !== undefined) {
        return opened.restore(name);
      }
      const result = await restoreOverNewer(options, name);
      opened = await MirrorDatabase.open(options);
      return result;
    },
    close: () => opened?.close(),
  };
}
