import * as vscode from 'vscode';
import type { DataSource, SourceId } from './dataSource';

/** The databases of this window and which of them queries, the schema view and notebooks read. */
export class DataSources implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #tellKnown = (): void => undefined;
  #demo: DataSource | undefined;
  #chosen: SourceId | undefined;

  /** Fires when a source came or went, and when another one is read. */
  readonly onDidChange = this.#changed.event;
  /** Resolves once it is known whether there is a demo: tabs of an earlier session may come before. */
  readonly known = new Promise<void>((resolve) => {
    this.#tellKnown = resolve;
  });

  constructor(readonly mirror: DataSource) {}

  get demo(): DataSource | undefined {
    return this.#demo;
  }

  /** Adds the demo or, with undefined, takes it away. */
  setDemo(demo: DataSource | undefined): void {
    this.#tellKnown();
    if (demo === this.#demo) {
      return;
    }
    this.#demo = demo;
    if (demo === undefined && this.#chosen === 'demo') {
      this.#chosen = undefined;
    }
    this.#changed.fire();
  }

  /** The mirror first. */
  list(): readonly DataSource[] {
    return this.#demo === undefined ? [this.mirror] : [this.mirror, this.#demo];
  }

  find(id: SourceId): DataSource | undefined {
    return this.list().find(({ sourceId }) => sourceId === id);
  }

  /** The one that a person chose; else the {@link usual} one. */
  get current(): DataSource {
    const chosen = this.#chosen === undefined ? undefined : this.find(this.#chosen);
    return chosen ?? this.usual;
  }

  /** The mirror, or the demo while nothing was mirrored: what is shown to who asks for no source. */
  get usual(): DataSource {
    return (this.mirror.mirror.status.generation === 0 ? this.#demo : undefined) ?? this.mirror;
  }

  choose(id: SourceId): void {
    this.#chosen = id;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
