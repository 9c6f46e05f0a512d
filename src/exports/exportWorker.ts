import type { MessagePort } from 'node:worker_threads';
import { parentPort } from 'node:worker_threads';
import { serveRpc } from '../store/workers/rpc';
import type { TableExportMethods } from './exportTables';
import type { TableProgress } from './exportTypes';
import { runExport } from './runExport';

/** How often it is told how far the export is, in ms. */
const TELL_EVERY_MS = 250;

/** Tells of each table at once, and of rows now and then. */
function telling(told: MessagePort): (progress: TableProgress) => void {
  let last = { table: '', isWriting: false, at: 0 };
  return (progress) => {
    const now = performance.now();
    const isWriting = progress.files !== undefined;
    if (progress.table !== last.table || isWriting !== last.isWriting || now - last.at >= TELL_EVERY_MS) {
      last = { table: progress.table, isWriting, at: now };
      told.postMessage(progress);
    }
  };
}

const run: TableExportMethods['run'] = async (order, id, told) => {
  try {
    return await runExport(order, id, telling(told));
  } finally {
    told.close();
  }
};

if (parentPort !== null) {
  serveRpc(parentPort, { run });
}
