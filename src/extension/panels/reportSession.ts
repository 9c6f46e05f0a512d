import { buildReport } from '../../reports/buildReport';
import type { PeriodChoice } from '../../reports/period';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel, ReportScope } from '../../reports/reportModel';
import { NoReportDataError } from '../../reports/sources';
import { NoDatabaseError } from '../../store/errors';
import type { ReportReader } from '../../store/resultSet';
import type { ReportSelection, ReportState } from '../../webview/report/protocol';
import { sentenceOf } from '../errors';

/** What a report's session needs of its host. */
export interface ReportSessionDeps {
  readonly definition: ReportDefinition;
  readonly reader: ReportReader;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  readonly locale: string;
  /** Called at each change of `state` or `selection`. */
  readonly onChange: () => void;
  /** Tells a failure in whole; the state holds its sentence. */
  readonly onError: (error: unknown) => void;
}

/** One open report: what was picked and what came of it. Knows nothing of panels. */
export class ReportSession {
  readonly #deps: ReportSessionDeps;
  #scope: ReportScope;
  #period: PeriodChoice;
  #state: ReportState = { phase: 'loading' };
  /** Counts builds, so that one overtaken by a newer is dropped. */
  #build = 0;

  constructor(deps: ReportSessionDeps, scope: ReportScope, period: PeriodChoice) {
    this.#deps = deps;
    this.#scope = scope;
    this.#period = period;
  }

  get state(): ReportState {
    return this.#state;
  }

  get selection(): ReportSelection {
    return { reportId: this.#deps.definition.id, scope: this.#scope, period: this.#period };
  }

  /** The report as it is shown, if it is. */
  get model(): ReportModel | undefined {
    return this.#state.phase === 'ready' ? this.#state.model : undefined;
  }

  /** Changes what the report covers and builds it. */
  select(scope: ReportScope, period: PeriodChoice): Promise<void> {
    this.#scope = scope;
    this.#period = period;
    return this.refresh();
  }

  /** Builds the report anew; the shown one stays until then. Never rejects: the state tells a failure. */
  async refresh(): Promise<void> {
    const build = ++this.#build;
    const shown = this.model;
    this.#become(
      shown === undefined ? { phase: 'loading' } : { phase: 'ready', model: shown, isStale: true },
    );
    const state = await this.#outcome();
    if (build === this.#build) {
      this.#become(state);
    }
  }

  async #outcome(): Promise<ReportState> {
    const { reader, definition, now, zone, locale, onError } = this.#deps;
    try {
      const model = await buildReport(reader, definition, {
        scope: this.#scope,
        period: this.#period,
        now: Math.floor(now() / 1000),
        zone: zone(),
        locale,
      });
      return { phase: 'ready', model, isStale: false };
    } catch (error) {
      if (error instanceof NoReportDataError || error instanceof NoDatabaseError) {
        return { phase: 'empty', message: error.message };
      }
      onError(error);
      return { phase: 'failed', message: sentenceOf(error) };
    }
  }

  #become(state: ReportState): void {
    this.#state = state;
    this.#deps.onChange();
  }
}
