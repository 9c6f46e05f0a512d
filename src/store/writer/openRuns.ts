import * as l10n from '@vscode/l10n';
import type { MirrorFile } from './mirrorFile';
import type { RunContext } from './session';

/** The runs that a writer works for. */
export class OpenRuns {
  readonly #file: MirrorFile;
  readonly #runs = new Map<string, RunContext>();

  constructor(file: MirrorFile) {
    this.#file = file;
  }

  begin(run: RunContext): void {
    this.#runs.set(run.runId, run);
  }

  end(runId: string): void {
    this.#runs.delete(runId);
  }

  /** @throws when the run was not started here, or another process published first */
  get(runId: string): RunContext {
    this.#file.assertUsable();
    const run = this.#runs.get(runId);
    if (run === undefined) {
      throw new Error(`The sync run ${runId} was not started here`);
    }
    return run;
  }

  /** Writes rows for a run: all of it or nothing. */
  write<T>(runId: string, work: (run: RunContext) => T): T {
    const run = this.get(runId);
    return this.#file.change('rows', () => work(run));
  }

  /** Refuses what needs an instance for itself, or with none named all of them. */
  assertIdle(instanceId?: number): void {
    this.#file.assertUsable();
    const running = [...this.#runs.values()];
    if (running.some((run) => instanceId === undefined || run.instanceId === instanceId)) {
      throw new Error(
        instanceId === undefined
          ? l10n.t('A sync is running. Cancel it first.')
          : l10n.t('A sync of this instance is running. Cancel it first.'),
      );
    }
  }
}
