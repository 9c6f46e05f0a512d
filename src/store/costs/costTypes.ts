import type { EpochSeconds } from '../records';

/** Two views of the same cost: what is billed when it is billed, and reservations spread over their time. Never added. */
export const COST_TYPES = ['actual', 'amortized'] as const;
export type CostType = (typeof COST_TYPES)[number];

/** Integer of 1e-8 of a currency: the precision of Azure's API. */
export type E8 = bigint;

/** One UTC day of one resource, meter and kind of charge, as billed. */
export interface CostRow {
  /** UTC days since 1970-01-01. */
  readonly utcDay: number;
  /** Lower case; empty: none. */
  readonly resourceId: string;
  /** As the cloud names it; empty: none. */
  readonly meter: string;
  readonly meterSubcategory: string;
  /** As the cloud names it: `Usage`, `Purchase`, `Refund`, ... */
  readonly chargeType: string;
  /** Value of the tag that the scope is read by; empty: none. */
  readonly tag: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly costE8: E8;
  /** In the meter's own unit. */
  readonly quantity?: number | undefined;
  readonly unit?: string | undefined;
  readonly service?: string | undefined;
  readonly publisherType?: string | undefined;
}

/** The same cost by service. */
export interface ServiceCostRow {
  readonly utcDay: number;
  readonly service: string;
  readonly publisherType: string;
  readonly currency: string;
  readonly costE8: E8;
  /** Azure's own figure in US dollars. */
  readonly costUsd?: number | undefined;
}

export interface CurrencyTotal {
  readonly currency: string;
  readonly costE8: E8;
}

/** One whole month of a scope: all pages arrived, were validated and add up to the total. */
export interface CostMonth {
  readonly costType: CostType;
  /** `YYYY-MM`, UTC. */
  readonly month: string;
  readonly rows: readonly CostRow[];
  readonly services: readonly ServiceCostRow[];
  /** Asked without grouping; of an imported file the sum of its rows. */
  readonly totals: readonly CurrencyTotal[];
  /** Last UTC day that the answer covers: the month's last one, or the day of asking. */
  readonly knownToDay: number;
  /** Whether its figures may still change. */
  readonly isClosed: boolean;
  /** Days outside of it stay as they are: an imported file may hold a part of a month. Absent: the whole month. */
  readonly days?: { readonly first: number; readonly last: number } | undefined;
}

/** Where costs come from. */
export interface CostScope {
  readonly source: 'azure' | 'import';
  /** Lower case, no slash at its ends. */
  readonly scope: string;
  readonly name: string;
}

export type CostTrigger = 'manual' | 'schedule' | 'startup' | 'import';
export type CostRunStatus = 'running' | 'ok' | 'partial' | 'failed' | 'cancelled' | 'throttled';

/** How a cost run ended. */
export interface CostRunEnd {
  readonly runId: number;
  readonly status: Exclude<CostRunStatus, 'running'>;
  readonly calls: number;
  readonly waitedMs: number;
  readonly error?: string | undefined;
  readonly notes: readonly string[];
  /** Throttled until then; absent forgets an earlier one. */
  readonly retryAfter?: EpochSeconds | undefined;
}

/** What a month's replacement changed. */
export interface CostMonthResult {
  readonly seen: number;
  /** Added, changed or marked deleted. */
  readonly changed: number;
  readonly restatedDays: number;
  /**
   * Why the rows that are there were kept instead: the new answer lost all of a month that had cost, or an imported file
   * holds a part of a subscription alone.
   * Nothing was changed then.
   */
  readonly refused?: string | undefined;
}

/** What the mirror knows of a scope. */
export interface CostScopeFacts extends CostScope {
  readonly scopeId: number;
  readonly lastSync?: EpochSeconds | undefined;
  readonly retryAfter?: EpochSeconds | undefined;
  readonly months: readonly {
    readonly costType: CostType;
    readonly month: string;
    readonly isClosed: boolean;
    readonly fetchedAt: EpochSeconds;
    /** As the source told them ungrouped. */
    readonly totals: readonly CurrencyTotal[];
  }[];
}

/** What a writer does with costs. Each call is one transaction; nothing is visible before `publish`, which also spreads costs anew. */
export interface CostWriter {
  /** All scopes that are connected or were imported. */
  costFacts(): Promise<readonly CostScopeFacts[]>;
  /** Makes the scope's row if there is none. @returns the run's id */
  startCostRun(scope: CostScope, trigger: CostTrigger, startedAt: EpochSeconds): Promise<number>;
  /** Replaces a month (or the days that it names) of the run's scope and logs what was restated. */
  replaceCostMonth(runId: number, month: CostMonth, fetchedAt: EpochSeconds): Promise<CostMonthResult>;
  endCostRun(end: CostRunEnd, finishedAt: EpochSeconds): Promise<void>;
  /** Disconnects a scope. `keep`: its rows stay and count; `delete`: they are removed. Publishes. */
  removeCostScope(scopeId: number, data: 'keep' | 'delete'): Promise<void>;
}

/** A cost run as trees and the command line show it. */
export interface CostRunSummary {
  readonly runId: number;
  readonly scopeId: number;
  readonly trigger: CostTrigger;
  readonly status: CostRunStatus;
  readonly startedAt: EpochSeconds;
  readonly finishedAt?: EpochSeconds | undefined;
  readonly months: number;
  readonly rowsSeen: number;
  readonly rowsChanged: number;
  readonly restatedDays: number;
  readonly calls: number;
  readonly waitedMs: number;
  readonly error?: string | undefined;
  readonly notes: readonly string[];
}

/** A scope as `status.json` holds it, under `costs`. */
export interface CostScopeStatus extends CostScope {
  readonly scopeId: number;
  readonly lastSync?: EpochSeconds | undefined;
  readonly retryAfter?: EpochSeconds | undefined;
  /** Newest day with cost, `YYYY-MM-DD` UTC. */
  readonly newestDate?: string | undefined;
  /** Months that were read, of the cost type that reports use. */
  readonly months: number;
  /** Actual cost of the newest month, in each currency. */
  readonly newestMonth: readonly {
    readonly month: string;
    readonly currency: string;
    readonly cost: number;
  }[];
  /** Resources with usage that serve no instance yet by the map: somebody has to say. */
  readonly unmappedResources: number;
  /** Newest first, at most ten. */
  readonly runs: readonly CostRunSummary[];
}
