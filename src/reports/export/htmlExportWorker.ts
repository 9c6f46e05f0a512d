import { parentPort } from 'node:worker_threads';
import { serveRpc } from '../../store/workers/rpc';
import { renderReportHtml } from './htmlExport';
import type { HtmlExportMethods } from './renderInWorker';

if (parentPort !== null) {
  serveRpc<HtmlExportMethods>(parentPort, {
    render: (model, options) => renderReportHtml(model, options),
  });
}
