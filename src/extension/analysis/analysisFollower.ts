import { analysisHash } from '../../store/analysis/analysisText';
import type { Analysis } from '../../store/analysis/analysisTypes';
import { AnalysisError, toError } from '../../store/errors';
import type { MirrorStatus } from '../../store/runs';
import { SyncBusyError } from '../../sync/engine/coordinatorTypes';

/** What following analysis.json needs of its host. */
export interface AnalysisHost {
  /** What the file says; undefined where there is none. @throws AnalysisError */
  read(): Promise<Analysis | undefined>;
  /** Of the newest database. */
  status(): Pick<MirrorStatus, 'generation' | 'analysis'>;
  /** A sync carries the file's changes itself, or is followed by another look. */
  isSyncing(): boolean;
  /** Makes the database follow the file. @throws SyncBusyError */
  apply(): Promise<void>;
  /** Told once for each thing that is wrong with the file. */
  onUnusable(error: AnalysisError): void;
  onApplied(): void;
  onFailure(error: Error): void;
}

/** Makes the database follow analysis.json, by whichever program it was changed. */
export class AnalysisFollower {
  readonly #host: AnalysisHost;
  #looking: Promise<void> | undefined;
  /** How often somebody asked. */
  #asked = 0;
  /** What was said of the file last. */
  #told: string | undefined;
  /** Content that could not be applied, and not because of a sync. */
  #failed: string | undefined;

  constructor(host: AnalysisHost) {
    this.#host = host;
  }

  /** Looks at the file as it is now; resolves when the database follows it, or cannot. */
  look(): Promise<void> {
    this.#asked += 1;
    this.#looking ??= this.#lookUntilQuiet().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookUntilQuiet(): Promise<void> {
    let seen: number;
    do {
      seen = this.#asked;
      await this.#follow();
      // What was read may be from before the last question.
    } while (this.#asked > seen);
  }

  async #follow(): Promise<void> {
    if (this.#host.isSyncing()) {
      return;
    }
    const analysis = await this.#read();
    const { generation, analysis: applied } = this.#host.status();
    const hash = analysis === undefined ? undefined : analysisHash(analysis);
    // The first sync takes the file along.
    if (hash === undefined || generation === 0 || hash === applied || hash === this.#failed) {
      return;
    }
    try {
      await this.#host.apply();
      this.#host.onApplied();
    } catch (error) {
      if (!(error instanceof SyncBusyError)) {
        this.#failed = hash;
        this.#host.onFailure(toError(error));
      }
    }
  }

  async #read(): Promise<Analysis | undefined> {
    try {
      const analysis = await this.#host.read();
      this.#told = undefined;
      return analysis;
    } catch (error) {
      if (!(error instanceof AnalysisError)) {
        this.#host.onFailure(toError(error));
      } else if (error.message !== this.#told) {
        this.#told = error.message;
        this.#host.onUnusable(error);
      }
      return undefined;
    }
  }
}
