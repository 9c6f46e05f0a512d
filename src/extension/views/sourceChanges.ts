import * as vscode from 'vscode';
import type { DataSources } from '../sources/dataSources';

/** Tells that the database which is read may hold something else: another source, or a newer file generation. */
export class SourceChanges implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #sources: vscode.Disposable;
  #published: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(sources: DataSources) {
    const fire = (): void => this.#changed.fire();
    const follow = (): vscode.Disposable =>
      vscode.Disposable.from(...sources.list().map(({ mirror }) => mirror.onDidPublish(fire)));
    this.#published = follow();
    this.#sources = sources.onDidChange(() => {
      this.#published.dispose();
      this.#published = follow();
      fire();
    });
  }

  dispose(): void {
    this.#sources.dispose();
    this.#published.dispose();
    this.#changed.dispose();
  }
}
