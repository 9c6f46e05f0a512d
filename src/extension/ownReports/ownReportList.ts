import { join } from 'node:path';
import * as vscode from 'vscode';
import { loadOwnReports, type LoadedReport } from '../../reports/own/loadOwnReports';
import { ownReportId } from '../../reports/own/ownReport';
import { OWN_REPORT_SUFFIX } from '../../reports/own/ownReportFile';
import type { ReportDefinition } from '../../reports/reportDefinition';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import type { Log } from '../log';
import { readSettings } from '../readSettings';
import { parseReportsFolder } from '../settings';
import { throttle } from '../throttle';

/** Editors write a file in several steps. */
const RELOAD_MS = 300;

/** The reports that people wrote, as their folder has them now. Problems of a file stand in the Problems view. */
export class OwnReportList implements vscode.Disposable {
  readonly #dataRoot: string;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #problems = vscode.languages.createDiagnosticCollection('openwebuiSync.ownReports');
  readonly #owned = new Disposables();
  #watching = new Disposables();
  #loaded: readonly LoadedReport[] = [];

  /** Fires when a report came, went or changed. */
  readonly onDidChange = this.#changed.event;

  constructor(dataRoot: string, log: Log) {
    this.#dataRoot = dataRoot;
    this.#log = log;
    this.#owned.add(this.#changed);
    this.#owned.add(this.#problems);
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('openwebuiSync.reports.folder')) {
          this.watch();
        }
      }),
    );
  }

  /** Where the reports are. The folder need not exist. */
  get folder(): string {
    return parseReportsFolder(readSettings()) ?? join(this.#dataRoot, 'reports');
  }

  /** Each file, also those that cannot be read. */
  list(): readonly LoadedReport[] {
    return this.#loaded;
  }

  /** Reports whose file can be read. */
  definitions(): readonly ReportDefinition[] {
    return this.#loaded.flatMap((report) => ('definition' in report ? [report.definition] : []));
  }

  /** Reads the folder and follows it from now on. */
  watch(): void {
    this.#watching.dispose();
    this.#watching = new Disposables();
    const pattern = new vscode.RelativePattern(vscode.Uri.file(this.folder), '*.{json,sql}');
    const watcher = this.#watching.add(vscode.workspace.createFileSystemWatcher(pattern));
    const reload = throttle(() => void this.reload(), RELOAD_MS);
    this.#watching.add({ dispose: () => reload.cancel() });
    watcher.onDidChange(reload);
    watcher.onDidCreate(reload);
    watcher.onDidDelete(reload);
    reload();
  }

  /** Reads the folder again. */
  async reload(): Promise<void> {
    try {
      this.#loaded = await loadOwnReports(this.folder);
    } catch (error) {
      this.#log.error(`Failed to read the folder of your reports: ${detailOf(error)}`);
      return;
    }
    this.#problems.clear();
    for (const report of this.#loaded) {
      if ('failure' in report) {
        const start = new vscode.Range(0, 0, 0, 1);
        this.#problems.set(vscode.Uri.file(report.file), [new vscode.Diagnostic(start, report.failure)]);
      }
    }
    this.#changed.fire();
  }

  /** Id of the report that a file of the folder holds; undefined for any other file. */
  idOf(file: vscode.Uri): string | undefined {
    const path = file.fsPath;
    const isOurs = path.endsWith(OWN_REPORT_SUFFIX) && path === join(this.folder, nameOf(path));
    return isOurs ? ownReportId(nameOf(path).slice(0, -OWN_REPORT_SUFFIX.length)) : undefined;
  }

  dispose(): void {
    this.#watching.dispose();
    this.#owned.dispose();
  }
}

function nameOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? '';
}
