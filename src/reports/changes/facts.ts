import type { LocalDay } from '../days';
import type { ReportRow } from '../reportModel';
import { hasFreeWorkday, holidaysOf } from './holidays';
import { countIn, numberIn, sumOf, textIn } from './rowValues';

/** The datasets that sentences are made from, in the order in which a text block names them. */
export const FACT_DATASETS = [
  'instances',
  'totals',
  'history',
  'days',
  'movers',
  'models',
  'removed_models',
  'accounts',
  'syncs',
  'cost_days',
  'cost_movers',
  'budgets',
  'holidays',
] as const;

export type FactRows = Readonly<Record<(typeof FACT_DATASETS)[number], readonly ReportRow[]>>;

/** Rows by dataset, from rows in the order of {@link FACT_DATASETS}. */
export function factRows(rows: readonly (readonly ReportRow[])[]): FactRows {
  const entries = FACT_DATASETS.map((name, index) => [name, rows[index] ?? []] as const);
  return Object.fromEntries(entries) as FactRows;
}

/** An instance and the days of it that are compared. */
export interface InstanceFact {
  readonly id: number;
  readonly name: string;
  /** Local text; empty before the first complete sync. */
  readonly lastSync: string;
  /** Last day of the period that was synced to its end; before `from` where none was. */
  readonly lastDay: LocalDay;
  /** Newest day that was synced to its end, also after the period; undefined where there is none, or will be no more. */
  readonly lastWholeDay?: LocalDay | undefined;
  /** Day of the first message; undefined without any. */
  readonly firstKnownDay?: LocalDay | undefined;
  readonly accounts: number;
}

/** The days that the sentences are about. */
export interface SpanFact {
  readonly from: LocalDay;
  readonly to: LocalDay;
  /** Days back to what it is compared with; undefined where nothing is. */
  readonly shift?: number | undefined;
  readonly today: LocalDay;
}

/** What was counted in one span. */
export interface Totals {
  readonly activeUsers: number;
  readonly turns: number;
  /** Users who are active in this span and not in the one that it is compared with. */
  readonly usersOfThisSpan: number;
  readonly generations: number;
  readonly distinctGenerations: number;
  readonly generationsWithUsage: number;
  /** Undefined: no provider told any. */
  readonly tokens?: number | undefined;
  readonly errors: number;
  readonly settled: number;
  readonly ratingsUp: number;
  readonly ratingsDown: number;
}

/** What a member of a dimension adds to a number, and added before. */
export interface Mover {
  readonly dimension: 'user' | 'model' | 'instance';
  readonly name: string;
  readonly now: number;
  readonly before: number;
  /** How many members the dimension has: one alone explains nothing. */
  readonly members: number;
}

/** Everything that sentences about one instance, or about all, are made from. */
export interface Facts {
  readonly span: SpanFact;
  readonly instances: readonly InstanceFact[];
  /** Undefined: none of the days is known. */
  readonly now?: Totals | undefined;
  /** Undefined: there is nothing to compare with. */
  readonly before?: Totals | undefined;
  /** Earlier spans of the same weekdays, the newest first. */
  readonly earlier: readonly Totals[];
  /** The rows of this scope. Of several instances: those of each, and those of all together without an instance. */
  readonly rows: FactRows;
  /** `instance_id` of the rows that are about the scope as a whole. */
  readonly scopeId: number | null;
}

/** @param instanceId undefined: all instances together. Undefined comes back where the report has no instance. */
export function factsOf(rows: FactRows, instanceId: number | undefined): Facts | undefined {
  const ofScope = instanceId === undefined ? rows : onlyOf(rows, instanceId);
  const [first] = ofScope.instances;
  if (first === undefined) {
    return undefined;
  }
  const { totals } = ofScope;
  return {
    span: {
      from: countIn(first, 'from_day'),
      to: countIn(first, 'to_day'),
      shift: numberIn(first, 'shift'),
      today: countIn(first, 'today'),
    },
    instances: ofScope.instances.map(instanceOf),
    now: totalsOf(totals.filter(({ is_current }) => is_current === 1)),
    before: totalsOf(totals.filter(({ is_current }) => is_current === 0)),
    earlier: earlierOf(ofScope, countIn(first, 'from_day'), countIn(first, 'to_day')),
    rows: ofScope,
    scopeId: instanceId ?? null,
  };
}

function onlyOf(rows: FactRows, instanceId: number): FactRows {
  const own = (all: readonly ReportRow[]): readonly ReportRow[] =>
    all.filter(({ instance_id }) => instance_id === instanceId);
  return factRows(FACT_DATASETS.map((name) => own(rows[name])));
}

function instanceOf(row: ReportRow): InstanceFact {
  return {
    id: countIn(row, 'instance_id'),
    name: textIn(row, 'instance'),
    lastSync: textIn(row, 'last_sync'),
    lastDay: countIn(row, 'last_day'),
    lastWholeDay: numberIn(row, 'last_whole_day'),
    firstKnownDay: numberIn(row, 'first_known_day'),
    accounts: countIn(row, 'accounts'),
  };
}

/** Sums over instances; users of several together, who may have accounts on more than one, have a row of their own. */
function totalsOf(all: readonly ReportRow[]): Totals | undefined {
  const rows = all.filter(isOfOne);
  if (rows.length === 0) {
    return undefined;
  }
  const together = all.find((row) => !isOfOne(row));
  const count = (field: string): number => sumOf(rows, field) ?? 0;
  const users = (field: string): number => (together === undefined ? count(field) : countIn(together, field));
  const input = sumOf(rows, 'input_tokens');
  const output = sumOf(rows, 'output_tokens');
  return {
    activeUsers: users('active_users'),
    turns: count('turns'),
    usersOfThisSpan: users('users_of_this_span'),
    generations: count('generations'),
    distinctGenerations: count('distinct_generations'),
    generationsWithUsage: count('generations_with_usage'),
    tokens: input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0),
    errors: count('errors'),
    settled: count('settled'),
    ratingsUp: count('ratings_up'),
    ratingsDown: count('ratings_down'),
  };
}

function isOfOne({ instance_id }: ReportRow): boolean {
  return instance_id !== null;
}

/**
 * Sums the earlier spans that all instances have: one that is younger would make the older sums too small. Spans with a
 * holiday are not what is usual.
 */
function earlierOf({ history, holidays }: FactRows, from: LocalDay, to: LocalDay): Totals[] {
  const shift = Math.floor((to - from + 7) / 7) * 7;
  const free = holidaysOf(holidays);
  const nths = [...new Set(history.map((row) => countIn(row, 'nth')))]
    .filter((nth) => !hasFreeWorkday(free, from - nth * shift, to - nth * shift))
    .sort((a, b) => a - b);
  const spans = nths.map((nth) => history.filter((row) => row['nth'] === nth));
  const instancesOf = (span: readonly ReportRow[] = []): number => span.filter(isOfOne).length;
  return spans
    .filter((span) => instancesOf(span) === instancesOf(spans[0]))
    .map(totalsOf)
    .filter((totals) => totals !== undefined);
}

/** Whether earlier spans are weeks. */
export function isWeekly({ span: { from, to } }: Facts): boolean {
  return to - from < 7;
}
