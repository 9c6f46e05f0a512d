import { readDashboard, type DashboardNumbers } from '../../reports/dashboard/dashboardFigures';
import { warehouseOf, type ReportSource } from '../../reports/reportSource';
import { sentenceOf } from '../errors';
import type { ReportReading } from '../panels/reportSession';

/** The numbers as they are shown, or why there are none. */
export type DashboardReading =
  | { readonly phase: 'loading' }
  /** `isOfWarehouse`: the mirror can be read instead. */
  | { readonly phase: 'failed'; readonly message: string; readonly isOfWarehouse?: true }
  /** `isStale`: newer ones are being read. */
  | { readonly phase: 'ready'; readonly numbers: DashboardNumbers; readonly isStale: boolean };

/** What a dashboard's session needs of its host. */
export interface DashboardSessionDeps {
  /** Called once for each reading. */
  readonly readingOf: (source: ReportSource | undefined) => ReportReading;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  readonly locale: string;
  /** Called at each change of `reading` or `source`. */
  readonly onChange: () => void;
  /** Tells a failure in whole; `reading` holds its sentence. */
  readonly onError: (error: unknown) => void;
}

/** The numbers of a dashboard: of which database, and what was read of it. Knows nothing of panels. */
export class DashboardSession {
  readonly #deps: DashboardSessionDeps;
  #source: ReportSource | undefined;
  #reading: DashboardReading = { phase: 'loading' };
  /** The reading under way; a newer wish ends it. */
  #running: AbortController | undefined;

  constructor(deps: DashboardSessionDeps, source: ReportSource | undefined) {
    this.#deps = deps;
    this.#source = source;
  }

  get source(): ReportSource | undefined {
    return this.#source;
  }

  get reading(): DashboardReading {
    return this.#reading;
  }

  get isReading(): boolean {
    return this.#running !== undefined;
  }

  /** Reads another database from now on. Numbers of the one before are shown no more. */
  choose(source: ReportSource | undefined): Promise<void> {
    if (source !== this.#source) {
      this.#source = source;
      this.#reading = { phase: 'loading' };
    }
    return this.refresh();
  }

  /** Reads anew; the numbers that are shown stay until then. Never rejects: `reading` tells a failure. */
  async refresh(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const shown = this.#reading;
    this.#reading = shown.phase === 'ready' ? { ...shown, isStale: true } : { phase: 'loading' };
    this.#deps.onChange();
    const reading = await this.#outcome(running.signal);
    if (!running.signal.aborted) {
      this.#running = undefined;
      this.#reading = reading;
      this.#deps.onChange();
    }
  }

  dispose(): void {
    this.#running?.abort();
  }

  async #outcome(signal: AbortSignal): Promise<DashboardReading> {
    const { readingOf, now, zone, locale, onError } = this.#deps;
    const source = this.#source;
    try {
      const { reader, begin } = readingOf(source);
      const from = (await begin?.()) ?? { zone: zone() };
      signal.throwIfAborted();
      const request = { now: Math.floor(now() / 1000), locale, ...from };
      return { phase: 'ready', numbers: await readDashboard(reader, request, signal), isStale: false };
    } catch (error) {
      if (!signal.aborted) {
        onError(error);
      }
      const place = warehouseOf(source) === undefined ? {} : ({ isOfWarehouse: true } as const);
      return { phase: 'failed', message: sentenceOf(error), ...place };
    }
  }
}
