import type { LocalDay } from './days';
import { dayOfIso, isoOfDay, startOfMonth, startOfWeek, startOfYear } from './days';

/** Spans that the period picker offers, in its order. Weeks start on Monday (ISO 8601). */
export const PERIOD_PRESETS = [
  { id: 'today', title: 'Today' },
  { id: 'yesterday', title: 'Yesterday' },
  { id: 'thisWeek', title: 'This week' },
  { id: 'lastWeek', title: 'Last week' },
  { id: 'last7', title: 'Last 7 days' },
  { id: 'last30', title: 'Last 30 days' },
  { id: 'last90', title: 'Last 90 days' },
  { id: 'last12Weeks', title: 'Last 12 weeks' },
  { id: 'thisMonth', title: 'This month' },
  { id: 'lastMonth', title: 'Last month' },
  { id: 'last12Months', title: 'Last 12 months' },
  { id: 'thisYear', title: 'This year' },
  { id: 'lastYear', title: 'Last year' },
  { id: 'all', title: 'All time' },
] as const;

export type PresetId = (typeof PERIOD_PRESETS)[number]['id'];

/** What a person picked: a preset, which moves with today, or fixed days (`YYYY-MM-DD`, both included). */
export type PeriodChoice =
  | { readonly kind: 'preset'; readonly preset: PresetId }
  | { readonly kind: 'days'; readonly from: string; readonly to: string };

/** A span of local days, both included; empty when `to` is before `from`. */
export interface Period {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** What the mirror knows: from its first message to its last sync. */
export interface KnownDays {
  readonly today: LocalDay;
  /** Day of the first message; undefined without any. */
  readonly first?: LocalDay | undefined;
  /** Day of the last sync of any instance: later days are unknown, not empty. */
  readonly asOf: LocalDay;
  /** Day that every instance has reached: later days are known of some alone. Absent: `asOf`. */
  readonly allAsOf?: LocalDay | undefined;
}

const PRESET_DAYS: Readonly<Record<PresetId, (known: KnownDays) => Period>> = {
  today: ({ today }) => ({ from: today, to: today }),
  yesterday: ({ today }) => ({ from: today - 1, to: today - 1 }),
  thisWeek: ({ today }) => ({ from: startOfWeek(today), to: today }),
  lastWeek: ({ today }) => ({ from: startOfWeek(today) - 7, to: startOfWeek(today) - 1 }),
  last7: ({ today }) => ({ from: today - 6, to: today }),
  last30: ({ today }) => ({ from: today - 29, to: today }),
  last90: ({ today }) => ({ from: today - 89, to: today }),
  // Whole weeks and months and the running one: only the last step of a chart is cut.
  last12Weeks: ({ today }) => ({ from: startOfWeek(today) - 11 * 7, to: today }),
  thisMonth: ({ today }) => ({ from: startOfMonth(today), to: today }),
  lastMonth: ({ today }) => ({ from: startOfMonth(today, -1), to: startOfMonth(today) - 1 }),
  last12Months: ({ today }) => ({ from: startOfMonth(today, -11), to: today }),
  thisYear: ({ today }) => ({ from: startOfYear(today), to: today }),
  lastYear: ({ today }) => ({ from: startOfYear(startOfYear(today) - 1), to: startOfYear(today) - 1 }),
  all: ({ first, asOf }) => ({ from: first ?? asOf, to: asOf }),
};

/**
 * The chosen span without the days after the last sync.
 * @throws RangeError when fixed days are no dates or in the wrong order.
 */
export function resolvePeriod(choice: PeriodChoice, known: KnownDays): Period {
  const { from, to } = chosenDays(choice, known);
  return { from, to: Math.min(to, known.asOf) };
}

/**
 * The chosen span as time axes show it: with the days that nothing is known of, but never past today.
 * @throws RangeError when fixed days are no dates or in the wrong order.
 */
export function drawnPeriod(choice: PeriodChoice, known: KnownDays): Period {
  const { from, to } = chosenDays(choice, known);
  return { from, to: Math.min(to, Math.max(known.today, known.asOf)) };
}

function chosenDays(choice: PeriodChoice, known: KnownDays): Period {
  return choice.kind === 'preset' ? PRESET_DAYS[choice.preset](known) : fixedDays(choice);
}

function fixedDays(choice: { readonly from: string; readonly to: string }): Period {
  const from = dayOfIso(choice.from);
  const to = dayOfIso(choice.to);
  if (from === undefined || to === undefined || to < from) {
    throw new RangeError('Choose a first day that is not after the last day.');
  }
  return { from, to };
}

/** Number of days in a period. */
export function lengthOf({ from, to }: Period): number {
  return Math.max(0, to - from + 1);
}

/** What a period may be compared with, in the order of the picker. */
export const COMPARISONS = [
  { id: 'previous', title: 'Days before' },
  { id: 'sameWeekdays', title: 'Same weekdays before' },
  { id: 'yearBefore', title: 'Year before' },
  { id: 'none', title: 'No comparison' },
] as const;

export type ComparisonChoice = (typeof COMPARISONS)[number]['id'];

const WEEK = 7;
/** A year in whole weeks: weekdays meet weekdays. */
const YEAR = 52 * WEEK;
/** A longer period would overlap the one a year before it by more than a week. */
const LONGEST_YEAR = 53 * WEEK;

/** Days between a period and the one it is compared with; undefined where there is none. */
const SHIFTS: Readonly<Record<ComparisonChoice, (length: number) => number | undefined>> = {
  previous: (length) => length,
  sameWeekdays: (length) => Math.ceil(length / WEEK) * WEEK,
  yearBefore: (length) => (length <= LONGEST_YEAR ? YEAR : undefined),
  none: () => undefined,
};

/**
 * The span of equal length to compare with: right before (`previous`), back by whole weeks so that weekdays meet weekdays
 * (`sameWeekdays`), or 52 weeks back (`yearBefore`). Undefined where the mirror does not know all of it: days before the
 * first message are unknown, not empty.
 */
export function previousPeriod(
  period: Period,
  known: KnownDays,
  comparison: ComparisonChoice = 'previous',
): Period | undefined {
  const length = lengthOf(period);
  const shift = SHIFTS[comparison](length);
  if (length === 0 || shift === undefined || known.first === undefined) {
    return undefined;
  }
  const previous = { from: period.from - shift, to: period.to - shift };
  return known.first <= previous.from ? previous : undefined;
}

/** The part of a period that the mirror knows something about. */
export function knownPart(period: Period, known: KnownDays): Period {
  return { from: Math.max(period.from, known.first ?? period.from), to: period.to };
}

/** Title of a choice, for example "Last 30 days". */
export function titleOfChoice(choice: PeriodChoice): string {
  return choice.kind === 'preset'
    ? (PERIOD_PRESETS.find(({ id }) => id === choice.preset)?.title ?? choice.preset)
    : 'Custom period';
}

/** `2026-01-01 to 2026-01-31`, or one day alone. */
export function daysText({ from, to }: Period): string {
  return from === to ? isoOfDay(from) : `${isoOfDay(from)} to ${isoOfDay(to)}`;
}
