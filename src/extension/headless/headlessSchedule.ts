import * as vscode from 'vscode';
import { installedSchedule, lastScheduledRun } from '../../headless/installedSchedule';
import { detailOf } from '../errors';
import type { Log } from '../log';
import type { HeadlessView } from './headlessText';

/** The schedule by which this data folder is synced without the editor, and how its last run ended. */
export class HeadlessSchedule implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  #view: HeadlessView | undefined;

  /** Fires when it was installed, removed or has run. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly root: string,
    private readonly log: Log,
  ) {}

  /** Undefined: none is installed. */
  get view(): HeadlessView | undefined {
    return this.#view;
  }

  /** Looks at the disk. Never rejects: what cannot be read is no schedule, and the log says why. */
  async reload(): Promise<void> {
    const before = JSON.stringify(this.#view);
    try {
      const schedule = await installedSchedule(this.root);
      this.#view =
        schedule === undefined
          ? undefined
          : { every: schedule.every, lastRun: await lastScheduledRun(this.root) };
    } catch (error) {
      this.#view = undefined;
      this.log.warn(detailOf(error));
    }
    if (JSON.stringify(this.#view) !== before) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
