import type { StreamName } from '../../store/records';
import {
  addCounts,
  NO_CHANGES,
  type ChangeCounts,
  type RunNote,
  type RunStatus,
  type StreamResult,
  type StreamStatus,
} from '../../store/runs';
import type { Problem } from './problems';

interface Entry {
  counts: ChangeCounts;
  requests: number;
  status?: StreamStatus;
  problem?: Problem | undefined;
}

/** Counts what a run did to each stream, and how each stream ended. */
export class RunLedger {
  readonly #entries = new Map<StreamName, Entry>();
  readonly #notes: RunNote[] = [];

  /** Adds to a stream's counts; a stream that was counted appears in the run's record. */
  count(stream: StreamName, counts: Partial<ChangeCounts>): void {
    const entry = this.#entry(stream);
    entry.counts = addCounts(entry.counts, counts);
  }

  /** Adds rows of a stream that another stream's answers changed, once it had its own turn or has none in this run. */
  countAlong(stream: StreamName, { inserted, updated, restored }: ChangeCounts): void {
    const seen = inserted + updated + restored;
    if (seen > 0) {
      this.count(stream, { seen, inserted, updated, restored });
      this.#entry(stream).status ??= 'ok';
    }
  }

  /** Adds to what a stream cost. */
  addRequests(stream: StreamName, requests: number): void {
    this.#entry(stream).requests += requests;
  }

  /** Notes something that does not end a stream but must be seen; the first one stays. */
  note(stream: StreamName, problem: Problem): void {
    this.#entry(stream).problem ??= problem;
  }

  /** Notes something about the whole run that a reader of its record should know although nothing failed. */
  remark(note: RunNote): void {
    this.#notes.push(note);
  }

  end(stream: StreamName, status: StreamStatus, problem?: Problem): void {
    const entry = this.#entry(stream);
    entry.status = status;
    entry.problem ??= problem;
  }

  /** What was remarked, in order. */
  get notes(): readonly RunNote[] {
    return this.#notes;
  }

  get total(): ChangeCounts {
    return [...this.#entries.values()].reduce((sum, { counts }) => addCounts(sum, counts), NO_CHANGES);
  }

  get results(): readonly StreamResult[] {
    return [...this.#entries].map(([stream, { counts, requests, status = 'cancelled', problem }]) => ({
      stream,
      status,
      counts,
      requests,
      errorCode: problem?.code,
      error: problem?.message,
    }));
  }

  #entry(stream: StreamName): Entry {
    const known = this.#entries.get(stream);
    if (known !== undefined) {
      return known;
    }
    const entry: Entry = { counts: NO_CHANGES, requests: 0 };
    this.#entries.set(stream, entry);
    return entry;
  }
}

/** How a run ended that was neither cancelled nor put off: `ok` only without any failed or held back part. */
export function statusOf(
  streams: readonly StreamResult[],
  hasFailed: boolean,
): Exclude<RunStatus, 'running'> {
  const isClean = streams.every(
    ({ status, counts }) => (status === 'ok' || status === 'unsupported') && counts.heldBack === 0,
  );
  if (isClean && !hasFailed && streams.length > 0) {
    return 'ok';
  }
  return streams.some(({ status }) => status === 'ok') ? 'partial' : 'failed';
}
