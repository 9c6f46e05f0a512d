import type { StorageError } from '../errors';
import type { RunJournal } from '../files/journal';
import type { InstanceHealth, StreamState } from '../mirrorFacts';
import type { RunEnd } from '../runs';
import { unlessStorageFails } from '../files/storageFailure';

interface PendingEnd {
  readonly end: RunEnd;
  readonly states: readonly StreamState[];
  readonly health: InstanceHealth | undefined;
}

/** Ends of runs that are not durable yet, with what the runs learnt. */
export class PendingEnds {
  readonly #states = new Map<string, StreamState[]>();
  readonly #health = new Map<string, InstanceHealth>();
  #ends: PendingEnd[] = [];

  get isEmpty(): boolean {
    return this.#ends.length === 0;
  }

  /** How many states of streams the journal would have to hold. */
  get stateCount(): number {
    return this.#ends.reduce((sum, { states }) => sum + states.length, 0);
  }

  /** Remembers states until their run ends. */
  noteStates(runId: string, states: readonly StreamState[]): void {
    const noted = this.#states.get(runId) ?? [];
    // Thousands of users may be noted one after the other.
    states.forEach((state) => noted.push(state));
    this.#states.set(runId, noted);
  }

  /** Remembers how the server did until the run ends. */
  noteHealth(runId: string, health: InstanceHealth): void {
    this.#health.set(runId, health);
  }

  noteEnd(end: RunEnd): void {
    const { runId } = end;
    this.#ends.push({ end, states: this.#states.get(runId) ?? [], health: this.#health.get(runId) });
    this.#states.delete(runId);
    this.#health.delete(runId);
  }

  /** A generation holds the runs' rows and ends: what the journal cannot take now would only say it again. */
  published(journal: RunJournal, generation: number): void {
    unlessStorageFails(() => {
      this.write(journal, generation, false);
      journal.published(generation);
    });
    this.#ends = [];
  }

  /**
   * Tells of what never was published. An end whose rows are lost with it is worth telling where the run failed, be it
   * only since the disk did; the others count as interrupted.
   * @param failure of the last publish
   */
  close(journal: RunJournal, generation: number, failure: StorageError | undefined): void {
    this.#ends = this.#ends.flatMap((pending) => {
      const isTold = pending.end.status !== 'ok' && pending.end.status !== 'partial';
      return isTold ? [pending] : failure === undefined ? [] : [failed(pending, failure)];
    });
    // A run that the journal cannot tell of is shown as interrupted; its summary has told of the disk.
    unlessStorageFails(() => this.write(journal, generation, false));
  }

  /** @param withStates where no generation holds the states, the journal must. */
  write(journal: RunJournal, generation: number, withStates: boolean): void {
    for (const { end, states, health } of this.#ends) {
      journal.end({ run: end, generation, states: withStates ? states : [], health });
    }
    this.#ends = [];
  }
}

function failed({ end, health }: PendingEnd, { problem, message }: StorageError): PendingEnd {
  return { end: { ...end, status: 'failed', errorCode: problem, error: message }, states: [], health };
}
