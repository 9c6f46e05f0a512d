import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { serveRpc, Transfer, transferable } from '../../store/workers/rpc';
import type { ExporterData } from './exporter';
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

if (parentPort !== null) {
  // Served methods may answer with a transfer, which clients see as the value in it.
  serveRpc(parentPort, {
    write: async (path: string, model: ReportModel, wish: ExportWish) =>
      writeOutput(path, await renderExport(model, wish, renderOptions())),
    render: async (model: ReportModel, wish: ExportWish) => {
      const bytes = transferable(await contentBytes(await renderExport(model, wish, renderOptions())));
      return new Transfer(bytes, [bytes.buffer]);
    },
    writeIndex: (path: string, index: IndexPage) => writeOutput(path, renderIndex(index)),
  });
}
