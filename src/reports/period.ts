import type { LocalDay } from './days';
import { dayOfIso, isoOfDay, startOfMonth, startOfYear } from './days';

/** Spans that the period picker offers, in its order. */
export const PERIOD_PRESETS = [
  { id: 'last7', title: 'Last 7 days' },
  { id: 'last30', title: 'Last 30 days' },
  { id: 'last90', title: 'Last 90 days' },
  { id: 'thisMonth', title: 'This month' },
  { id: 'lastMonth', title: 'Last month' },
  { id: 'thisYear', title: 'This year' },
  { id: 'all', title: 'All time' },
] as const;

export type PresetId = (typeof PERIOD_PRESETS)[number]['id'];

/** What a person picked: a preset, which moves with today, or fixed days (`YYYY-MM-DD`, both included). */
export type PeriodChoice =
  | { readonly kind: 'preset'; readonly preset: PresetId }
  | { readonly kind: 'days'; readonly from: string; readonly to: string };

export const DEFAULT_PERIOD: PeriodChoice = { kind: 'preset', preset: 'last30' };

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
  /** Day of the last sync: later days are unknown, not empty. */
  readonly asOf: LocalDay;
}

const PRESET_DAYS: Readonly<Record<PresetId, (known: KnownDays) => Period>> = {
  last7: ({ today }) => ({ from: today - 6, to: today }),
  last30: ({ today }) => ({ from: today - 29, to: today }),
  last90: ({ today }) => ({ from: today - 89, to: today }),
  thisMonth: ({ today }) => ({ from: startOfMonth(today), to: today }),
  lastMonth: ({ today }) => ({ from: startOfMonth(today, -1), to: startOfMonth(today) - 1 }),
  thisYear: ({ today }) => ({ from: startOfYear(today), to: today }),
  all: ({ first, asOf }) => ({ from: first ?? asOf, to: asOf }),
};

/**
 * The chosen span without the days after the last sync.
 * @throws RangeError when fixed days are no dates or in the wrong order.
 */
export function resolvePeriod(choice: PeriodChoice, known: KnownDays): Period {
  const { from, to } = choice.kind === 'preset' ? PRESET_DAYS[choice.preset](known) : fixedDays(choice);
  return { from, to: Math.min(to, known.asOf) };
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

/**
 * The span of equal length right before, for comparison; undefined where the mirror does not know all of it:
 * days before the first message are unknown, not empty.
 */
export function previousPeriod(period: Period, known: KnownDays): Period | undefined {
  const previous = { from: period.from - lengthOf(period), to: period.from - 1 };
  const isKnown = lengthOf(period) > 0 && known.first !== undefined && known.first <= previous.from;
  return isKnown ? previous : undefined;
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
