import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { serveRpc, Transfer, transferable } from '../../store/workers/rpc';
import { decodeResult } from '../../store/workers/resultTransfer';
import type { ExporterData, SentWish } from './exporter';
import { renderIndex, type IndexPage } from './indexPage';
import { contentBytes, writeOutput } from './outputFile';
import { renderExport, type ExportWish, type RenderOptions } from './renderExport';
import type { ReportModel } from '../reportModel';

const { scriptPath, people } = workerData as ExporterData;

let options: RenderOptions | undefined;

function renderOptions(): RenderOptions {
  options ??= { people, script: scriptPath === undefined ? undefined : readFileSync(scriptPath, 'utf8') };
  return options;
}

function wishOf({ rows, ...wish }: SentWish): ExportWish {
  return rows === undefined ? wish : { ...wish, rows: decodeResult(rows) };
}

if (parentPort !== null) {
  // Served methods may answer with a transfer, which clients see as the value in it.
  serveRpc(parentPort, {
    write: async (path: string, model: ReportModel, wish: SentWish) =>
      writeOutput(path, await renderExport(model, wishOf(wish), renderOptions())),
    render: async (model: ReportModel, wish: SentWish) => {
      const bytes = transferable(
        await contentBytes(await renderExport(model, wishOf(wish), renderOptions())),
      );
      return new Transfer(bytes, [bytes.buffer]);
    },
    writeIndex: (path: string, index: IndexPage) => writeOutput(path, renderIndex(index)),
  });
}
