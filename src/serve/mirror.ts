import { existsSync } from 'node:fs';
import type { InstancesFile } from '../store/instances/instance';
import { loadInstances } from '../store/instances/instancesFile';
import { createQueryRunner } from '../store/queryRunner';
import { createReader, type StoreReader } from '../store/reader';
import type { QueryRunner, ReportReader } from '../store/resultSet';
import type { MirrorStatus } from '../store/runs';
import { loadStatus } from '../store/status';
import type { ServerOptions } from './serversModule';

/** A thread ends when nothing was asked for so long, in ms: its copies are large. */
const IDLE_MS = 60_000;

/** A data folder as servers read it: each question sees what was published last. Nothing of it writes. */
export interface Mirror {
  /** Whether there is a data folder: a disk may go. */
  isThere(): boolean;
  /** For short questions. */
  readonly reader: StoreReader;
  /**
   * Works with a thread for reports, so that nothing else waits for a long one. When the signal fires, the thread ends in the
   * middle of its statement; the next report gets another one.
   */
  readReport<T>(signal: AbortSignal, work: (reader: ReportReader) => Promise<T>): Promise<T>;
  readonly queries: QueryRunner;
  /** @throws InstancesFileError */
  instances(): Promise<InstancesFile>;
  status(): Promise<MirrorStatus>;
  close(): void;
}

/** Starts no thread before the first question. */
export function openMirror({ folder, workers }: Pick<ServerOptions, 'folder' | 'workers'>): Mirror {
  const open = (): StoreReader => createReader({ folder, workerPath: workers.reader, idleMs: IDLE_MS });
  const reader = open();
  let reports = open();
  const queries = createQueryRunner({ folder, workerPath: workers.query, idleMs: IDLE_MS });
  return {
    isThere: () => existsSync(folder),
    reader,
    readReport: async (signal, work) => {
      const used = reports;
      const stop = (): void => {
        reports = reports === used ? open() : reports;
        used.dispose();
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await work(used);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    queries,
    instances: () => loadInstances(folder),
    status: () => loadStatus(folder, reader),
    close: () => {
      reader.dispose();
      reports.dispose();
      queries.dispose();
    },
  };
}
