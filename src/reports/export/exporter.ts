import { encodeResult, type EncodedResult, type ResultMessage } from '../../store/workers/resultTransfer';
import { WorkerClient } from '../../store/workers/workerClient';
import type { ReportModel } from '../reportModel';
import type { IndexPage } from './indexPage';
import type { People } from './people';
import type { ExportWish } from './renderExport';

/** What the worker is started with. */
export interface ExporterData {
  /** Bundle of the script that pages carry; absent: pages have none. */
  readonly scriptPath?: string | undefined;
  /** Whose names are replaced in everything that is written; absent: none. */
  readonly people?: People | undefined;
}

/** A wish on its way to the worker. */
export interface SentWish extends Omit<ExportWish, 'rows'> {
  readonly rows?: ResultMessage | undefined;
}

/** The methods that the worker serves. */
export interface ExporterMethods {
  readonly write: (path: string, model: ReportModel, wish: SentWish) => Promise<void>;
  readonly render: (model: ReportModel, wish: SentWish) => Promise<Uint8Array>;
  readonly writeIndex: (path: string, index: IndexPage) => Promise<void>;
}

/**
 * Renders and writes reports in a thread of its own: drawing charts takes longer than the caller's may stand still, and
 * Vega's memory goes with the thread. Starts it at the first use; dispose it.
 */
export class ReportExporter {
  readonly #workerPath: string;
  readonly #data: ExporterData;
  #worker: WorkerClient<ExporterMethods> | undefined;

  /** @param workerPath bundle of `exportWorker.ts` */
  constructor(workerPath: string, data: ExporterData = {}) {
    this.#workerPath = workerPath;
    this.#data = data;
  }

  /** Writes a report into a file: whole or not at all. */
  write(path: string, model: ReportModel, wish: ExportWish): Promise<void> {
    const { sent, buffers } = sentWish(wish);
    return this.#client().call('write', [path, model, sent], buffers);
  }

  /** The bytes of such a file. */
  render(model: ReportModel, wish: ExportWish): Promise<Uint8Array> {
    const { sent, buffers } = sentWish(wish);
    return this.#client().call('render', [model, sent], buffers);
  }

  /** Writes a page that links to written reports. */
  writeIndex(path: string, index: IndexPage): Promise<void> {
    return this.#client().call('writeIndex', [path, index]);
  }

  /** Ends the thread; what it is at is given up. */
  async dispose(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #client(): WorkerClient<ExporterMethods> {
    this.#worker ??= new WorkerClient<ExporterMethods>({ workerPath: this.#workerPath, data: this.#data });
    return this.#worker;
  }
}

function sentWish({ rows, ...wish }: ExportWish): { sent: SentWish; buffers: EncodedResult['buffers'] } {
  if (rows === undefined) {
    return { sent: wish, buffers: [] };
  }
  const { message, buffers } = encodeResult(rows);
  return { sent: { ...wish, rows: message }, buffers };
}
