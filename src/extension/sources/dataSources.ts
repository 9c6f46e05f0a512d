import * as vscode from 'vscode';
import type { DataSource, SourceId } from './dataSource';

/** The databases of this window and which of them queries, the schema view and notebooks read. */
export class DataSources implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #demo: DataSource | undefined;
  #chosen: SourceId | undefined;

  /** Fires when a source came or went, and when another one is read. */
  readonly onDidChange = this.#changed.event;

  constructor(readonly mirror: DataSource) {}

  get demo(): DataSource | undefined {
    return this.#demo;
  }

  /** Adds the demo or, with undefined, takes it away. */
  setDemo(demo: DataSource | undefined): void {
    this.#demo = demo;
    this.#changed.fire();
  }

  /** The mirror first. */
  list(): readonly DataSource[] {
    return this.#demo === undefined ? [this.mirror] : [this.mirror, this.#demo];
  }

  find(id: SourceId): DataSource | undefined {
    return this.list().find(({ sourceId }) => sourceId === id);
  }

  /** The one that a person chose; else the mirror, or the demo while nothing was mirrored. */
  get current(): DataSource {
    const chosen = this.#chosen === undefined ? undefined : this.find(this.#chosen);
    return chosen ?? (this.mirror.mirror.status.generation === 0 ? this.#demo : undefined) ?? this.mirror;
  }

  choose(id: SourceId): void {
    this.#chosen = id;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
