import { WorkerClient } from '../../store/workers/workerClient';
import type { ReportModel } from '../reportModel';
import type { HtmlExportOptions } from './htmlExport';

/** The method that the worker serves. */
export interface HtmlExportMethods {
  readonly render: (model: ReportModel, options: HtmlExportOptions) => Promise<string>;
}

/**
 * Renders a report as one page in a thread of its own: drawing its charts takes longer than the caller's may stand
 * still, and Vega's memory goes with the thread.
 * @param workerPath bundle of `htmlExportWorker.ts`
 */
export async function renderReportHtmlInWorker(
  workerPath: string,
  model: ReportModel,
  options: HtmlExportOptions,
): Promise<string> {
  const worker = new WorkerClient<HtmlExportMethods>({ workerPath, data: undefined });
  try {
    return await worker.call('render', [model, options]);
  } finally {
    await worker.terminate();
  }
}
