import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { readSettings } from '../readSettings';
import type { Services } from '../services';
import { parseNumber } from '../settings';
import { fillParameters } from '../sql/language/parameters/fillParameters';
import { QUERY_LANGUAGE } from '../sql/newQuery';
import { errorOutput, resultOutput } from './cellOutputs';
import { MOST_ROWS, notebookResult } from './notebookOutput';
import { cellMetadata } from './notebookSchema';
import { KERNEL_ID, NOTEBOOK_TYPE } from './notebookType';
import { runCell, type StatementOutcome } from './runCell';

type KernelServices = Pick<Services, 'context' | 'sources' | 'ran'>;

/**
 * Runs the cells of our notebooks, one after the other, on the source that a person reads. No cell needs another one's result,
 * so one that fails does not stop those behind it.
 */
export class SqlKernel implements vscode.Disposable {
  readonly #services: KernelServices;
  readonly #controller: vscode.NotebookController;
  readonly #listening: vscode.Disposable;
  #order = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(services: KernelServices) {
    this.#services = services;
    this.#controller = vscode.notebooks.createNotebookController(
      KERNEL_ID,
      NOTEBOOK_TYPE,
      l10n.t('Open WebUI mirror'),
      (cells) => this.#runAll(cells),
    );
    this.#controller.supportedLanguages = [QUERY_LANGUAGE];
    this.#controller.supportsExecutionOrder = true;
    this.#showSource();
    this.#listening = services.sources.onDidChange(() => this.#showSource());
  }

  dispose(): void {
    this.#listening.dispose();
    this.#controller.dispose();
  }

  #showSource(): void {
    this.#controller.description =
      this.#services.sources.current.sourceId === 'demo' ? l10n.t('Demo data') : l10n.t('Read-only copy');
  }

  /** Marks all cells as waiting at once, so that each can be taken back before its turn. */
  async #runAll(cells: readonly vscode.NotebookCell[]): Promise<void> {
    for (const cell of cells) {
      const execution = this.#controller.createNotebookCellExecution(cell);
      const run = this.#last.then(() => this.#runOne(execution));
      this.#last = run.catch(() => undefined);
    }
    await this.#last;
  }

  async #runOne(execution: vscode.NotebookCellExecution): Promise<void> {
    if (execution.token.isCancellationRequested) {
      execution.end(undefined);
      return;
    }
    const abort = new AbortController();
    const listening = execution.token.onCancellationRequested(() => abort.abort());
    this.#order += 1;
    execution.executionOrder = this.#order;
    execution.start(Date.now());
    let isSuccess: boolean | undefined = false;
    try {
      await execution.clearOutput();
      isSuccess = await this.#show(execution, abort.signal);
    } catch (error) {
      // Whatever else went wrong is told where the person looks.
      await execution.appendOutput(errorOutput(error instanceof Error ? error : new Error(String(error))));
    } finally {
      listening.dispose();
      execution.end(isSuccess, Date.now());
    }
  }

  /** @returns undefined when it was cancelled, which is no failure */
  async #show(execution: vscode.NotebookCellExecution, signal: AbortSignal): Promise<boolean | undefined> {
    const source = this.#services.sources.current;
    const outcomes = runCell(execution.cell.document.getText(), {
      queries: source.queries,
      limit: Math.min(parseNumber(readSettings(), 'query.rowLimit'), MOST_ROWS),
      signal,
      fill: (sql) => fillParameters(this.#services, sql),
      ran: (statement) => this.#services.ran.add({ ...statement, sourceId: source.sourceId }),
      now: Date.now,
    });
    for await (const outcome of outcomes) {
      await execution.appendOutput(this.#output(outcome, execution.cell, source.sourceId === 'demo'));
      if (outcome.kind !== 'result') {
        return outcome.kind === 'cancelled' ? undefined : false;
      }
    }
    return true;
  }

  #output(outcome: StatementOutcome, cell: vscode.NotebookCell, isDemo: boolean): vscode.NotebookCellOutput {
    switch (outcome.kind) {
      case 'result': {
        const kept = v.safeParse(cellMetadata, cell.metadata);
        const charts = kept.success ? kept.output.charts : undefined;
        return resultOutput(notebookResult(outcome.result, { isDemo }), outcome.statement, charts);
      }
      case 'failed':
        return errorOutput(outcome.error);
      case 'cancelled':
        return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(l10n.t('Cancelled.'))]);
    }
  }
}
