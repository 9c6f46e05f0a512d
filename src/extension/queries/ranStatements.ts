import * as vscode from 'vscode';
import type { SourceId } from '../sources/dataSource';

/** A person's statement that ended, wherever it was typed. Holds no row of its result. */
export interface RanStatement {
  /** As it was typed; values of parameters are not part of it. */
  readonly sql: string;
  readonly sourceId: SourceId;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** Rows that were read; undefined after a failure. */
  readonly rowCount: number | undefined;
  /** The failure's sentence. */
  readonly error: string | undefined;
}

/** Tells which statements ended, to the history among others. A cancelled one is not told. */
export class RanStatements implements vscode.Disposable {
  readonly #ran = new vscode.EventEmitter<RanStatement>();
  readonly onDidRun = this.#ran.event;

  add(statement: RanStatement): void {
    this.#ran.fire(statement);
  }

  dispose(): void {
    this.#ran.dispose();
  }
}
