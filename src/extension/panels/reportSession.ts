import * as l10n from '@vscode/l10n';
import { buildReport } from '../../reports/buildReport';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel, ReportPart } from '../../reports/reportModel';
import type { ReadFrom } from '../../reports/reportRequest';
import type { ReportSettings } from '../../reports/reportSettings';
import { warehouseOf, type ReportSource } from '../../reports/reportSource';
import { NoReportDataError } from '../../reports/sources';
import { NoDatabaseError } from '../../store/errors';
import type { ReportReader } from '../../store/resultSet';
import type { ReportEnd, ReportState } from '../../webview/report/protocol';
import { sentenceOf } from '../errors';

/** What a report is read by. */
export interface ReportReading {
  readonly reader: ReportReader;
  /** Called before a report is built where the reader reads a warehouse. @throws Error where it cannot be read */
  readonly begin?: (() => Promise<ReadFrom>) | undefined;
}

/** What a report's session needs of its host. */
export interface ReportSessionDeps {
  /** Called once for each build. */
  readonly readingOf: (source: ReportSource | undefined) => ReportReading;
  /** Runs the statements of people's own reports; absent: the reader does. */
  readonly runOwn?: ReportReader['query'] | undefined;
  /** The report of that id; undefined when there is none (any more). */
  readonly findReport: (id: string) => ReportDefinition | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  readonly locale: string;
  /** Called at each change of `state` or `settings`, except between two finished reports: then parts and an end tell it. */
  readonly onState: () => void;
  /** What is new of the report that is being built. */
  readonly onPart: (part: ReportPart) => void;
  readonly onEnd: (end: ReportEnd) => void;
  /** Tells a failure in whole; the state or the block holds its sentence. */
  readonly onError: (error: unknown) => void;
}

/** One open report: what was picked and what came of it. Knows nothing of panels. */
export class ReportSession {
  readonly #deps: ReportSessionDeps;
  #settings: ReportSettings;
  #state: ReportState = { phase: 'loading' };
  /** Ends the build that runs, when a newer wish overtakes it. */
  #running = new AbortController();

  constructor(deps: ReportSessionDeps, settings: ReportSettings) {
    this.#deps = deps;
    this.#settings = settings;
  }

  get state(): ReportState {
    return this.#state;
  }

  get settings(): ReportSettings {
    return this.#settings;
  }

  /** The report as it is shown, if it is. */
  get model(): ReportModel | undefined {
    return this.#state.phase === 'ready' ? this.#state.model : undefined;
  }

  /** Whether a newer report is being built. */
  get isBuilding(): boolean {
    return this.#state.phase === 'loading' || (this.#state.phase === 'ready' && this.#state.isStale);
  }

  /** Changes what the report is about and builds it. What another source said is shown no more. */
  change(settings: ReportSettings): Promise<void> {
    if (settings.source !== this.#settings.source) {
      this.#state = { phase: 'loading' };
    }
    this.#settings = settings;
    return this.refresh();
  }

  /** Builds the report anew; the shown one stays until then. Never rejects: the state tells a failure. */
  async refresh(): Promise<void> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    const shown = this.model;
    this.#become(
      shown === undefined ? { phase: 'loading' } : { phase: 'ready', model: shown, isStale: true },
    );
    const state = await this.#outcome(running.signal);
    if (running.signal.aborted) {
      return;
    }
    this.#state = state;
    if (state.phase === 'ready') {
      this.#deps.onEnd(endOf(state.model));
    } else {
      this.#deps.onState();
    }
  }

  dispose(): void {
    this.#running.abort();
  }

  async #outcome(signal: AbortSignal): Promise<ReportState> {
    const { readingOf, runOwn, findReport, now, zone, locale, onPart, onError } = this.#deps;
    const settings = this.#settings;
    const place = warehouseOf(settings.source) === undefined ? {} : ({ isOfWarehouse: true } as const);
    const definition = findReport(settings.reportId);
    if (definition === undefined) {
      return {
        phase: 'failed',
        message: l10n.t('There is no report "{0}". Choose another one.', settings.reportId),
        ...place,
      };
    }
    try {
      const { reader, begin } = readingOf(settings.source);
      const from = (await begin?.()) ?? { zone: zone() };
      signal.throwIfAborted();
      const model = await buildReport(
        reader,
        definition,
        { settings, now: Math.floor(now() / 1000), locale, ...from },
        {
          onPart: (part) => (signal.aborted ? undefined : onPart(part)),
          onBlockError: (error) => (signal.aborted ? undefined : onError(error)),
          runOwn,
          signal,
        },
      );
      return { phase: 'ready', model, isStale: false };
    } catch (error) {
      if (error instanceof NoReportDataError || error instanceof NoDatabaseError) {
        return { phase: 'empty', message: error.message };
      }
      if (!signal.aborted) {
        onError(error);
      }
      return { phase: 'failed', message: sentenceOf(error), ...place };
    }
  }

  #become(state: ReportState): void {
    this.#state = state;
    this.#deps.onState();
  }
}

/** What parts did not tell. */
function endOf(model: ReportModel): ReportEnd {
  const end = Object.entries(model).filter(([name]) => name !== 'sections' && name !== 'datasets');
  return Object.fromEntries(end) as unknown as ReportEnd;
}
