import type { LocalDay } from '../days';
import type { Formatter, NumberFormat } from '../format';
import type { Anomaly } from '../trends/anomalies';
import { growthOf } from '../trends/growth';
import type { Mover } from './facts';
import type { Holiday } from './holidays';

/** "1 account", "1,204 turns". */
export function counted(format: Formatter, value: number, one: string, several = `${one}s`): string {
  return `${format.number(value, 'integer')} ${value === 1 ? one : several}`;
}

/** "Ann, Ben and Cid"; "Ann, Ben, Cid and 4 more" where there are more than are named. */
export function listed(names: readonly string[], total = names.length): string {
  const all = total > names.length ? [...names, `${total - names.length} more`] : names;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** Every sentence of the report: numbers and names go in, plain English comes out. */
export const PHRASES = {
  /** "Turns rose by 38% to 1,380, from 1,000."; without a percentage below a base of 10. */
  moved(format: Formatter, title: string, now: number, before: number, as: NumberFormat | Money): string {
    const verb = now > before ? 'rose' : 'fell';
    const to = amount(format, now, as);
    const from = amount(format, before, as);
    const ratio = growthOf(now, before)?.ratio;
    return ratio === undefined
      ? `${title} ${verb} from ${from} to ${to}.`
      : `${title} ${verb} by ${format.number(Math.abs(ratio), 'percent')} to ${to}, from ${from}.`;
  },

  /** "Error rate rose by 3.2 points to 5.1%, from 1.9% (61 of 1,200 generations)." */
  shareMoved(format: Formatter, title: string, now: Share, before: Share, of: string): string {
    const shares = [now, before].map(({ part, all }) => part / all);
    const [shareNow = 0, shareBefore = 0] = shares;
    const written = shares.map((share) => format.number(share, 'percent'));
    return `${title} ${shareNow > shareBefore ? 'rose' : 'fell'} by ${points(format, shareNow - shareBefore)} to ${written[0] ?? ''}, from ${written[1] ?? ''} (${format.number(now.part, 'integer')} of ${counted(format, now.all, of)}).`;
  },

  /** @param label what the parts belong to */
  causes(format: Formatter, causes: readonly Cause[], as: NumberFormat | Money, label = 'Causes'): string {
    const parts = causes.map(({ dimension, name, change, share }, index) => {
      const of = index === 0 ? ' of the change' : '';
      const part = share > 1 ? 'more than all' : format.number(share, 'percent');
      return `${dimension} ${name} ${signed(format, change, as)} (${part}${of})`;
    });
    return `${label}: ${parts.join(', ')}.`;
  },
  noCause: 'Causes: many small ones; no user, model or instance stands out.',

  usual(format: Formatter, usual: number, spans: number, isWeek: boolean, as: NumberFormat | Money): string {
    return `Usual: ${amount(format, usual, as)} (median of the ${spans} ${isWeek ? 'weeks' : 'periods'} before).`;
  },
  unusualDays(format: Formatter, days: readonly Anomaly[], total: number): string {
    const named = days.map(
      ({ day, value, usual }) =>
        `${format.bucket(day, 'day')} (${format.number(value, 'integer')}, usually ${format.number(usual, 'integer')})`,
    );
    return `Unusual days: ${listed(named, total)}.`;
  },
  unusualDay(format: Formatter, { day, value, usual }: Anomaly): string {
    return `${format.bucket(day, 'day')} had ${counted(format, value, 'turn')}; such days usually have ${format.number(usual, 'integer')}.`;
  },
  turnover(format: Formatter, came: number, stopped: number): string {
    return `${counted(format, came, 'user')} came or came back, ${format.number(stopped, 'integer')} stopped.`;
  },
  tokenCoverage(format: Formatter, now: number, before: number): string {
    return `Tokens are known for ${format.number(now, 'percent')} of generations; ${format.number(before, 'percent')} before.`;
  },

  firstUse(
    format: Formatter,
    model: string,
    first: LocalDay,
    generations: number,
    users: number,
    share: number,
  ) {
    return `Model ${model} was used for the first time on ${format.day(first)}: ${counted(format, generations, 'generation')} by ${counted(format, users, 'user')}, ${format.number(share, 'percent')} of all.`;
  },
  modelMoved(format: Formatter, model: string, now: number, before: number, share: number): string {
    const moved = PHRASES.moved(format, `Model ${model}`, now, before, 'integer').slice(0, -1);
    return `${moved} generations: its share ${share > 0 ? 'rose' : 'fell'} by ${points(format, share)}.`;
  },
  overtook(format: Formatter, model: string, other: string, now: number, otherNow: number): string {
    return `Model ${model} overtook ${other}: ${format.number(now, 'integer')} against ${counted(format, otherNow, 'generation')}.`;
  },
  leads: (other: string): string => `It is now the most used model, before ${other}.`,
  removed(
    format: Formatter,
    model: string,
    instances: readonly string[],
    now: number,
    before: number,
  ): string {
    return `Model ${model} is no longer offered by ${listed(instances)}: ${counted(format, now, 'generation')}, ${format.number(before, 'integer')} before.`;
  },

  cost(format: Formatter, now: number, before: number | undefined, money: Money): string {
    const was = before === undefined ? '' : `, ${amount(format, before, money)} before`;
    return `Cost: ${amount(format, now, money)}${was}.`;
  },
  costCoverage(format: Formatter, now: number, before: number | undefined): string {
    const was = before === undefined ? '' : `; ${format.number(before, 'percent')} before`;
    return `Cost is known for ${format.number(now, 'percent')} of generations${was}.`;
  },
  forecast(format: Formatter, month: string, forecast: number, soFar: number, money: Money): string {
    return `Forecast for ${month}: ${amount(format, forecast, money)}, ${amount(format, soFar, money)} of it so far.`;
  },
  overBudget(format: Formatter, month: string, forecast: number, budget: number, money: Money): string {
    return `The forecast for ${month} is ${amount(format, forecast, money)}: ${format.number(forecast / budget, 'percent')} of the budget of ${amount(format, budget, money)}.`;
  },
  budgetSpent(format: Formatter, month: string, soFar: number, budget: number, money: Money): string {
    return `The budget of ${amount(format, budget, money)} for ${month} is spent: ${amount(format, soFar, money)} so far.`;
  },
  budget: (format: Formatter, share: number, budget: number, money: Money): string =>
    `Budget: ${amount(format, budget, money)}; the forecast is ${format.number(share, 'percent')} of it.`,

  accounts(format: Formatter, counts: AccountCounts): string {
    const parts = [
      counts.new > 0 ? `${format.number(counts.new, 'integer')} new` : '',
      counts.gone > 0 ? `${format.number(counts.gone, 'integer')} gone` : '',
      counts.idle > 0 ? `${format.number(counts.idle, 'integer')} idle (no turn for 28 days now)` : '',
    ];
    return `Accounts: ${listed(parts.filter((part) => part !== ''))}.`;
  },
  accountNames: (kind: keyof AccountCounts, names: readonly string[], total: number): string =>
    `${{ new: 'New', gone: 'Gone', idle: 'Idle' }[kind]}: ${listed(names, total)}.`,

  failedSyncs(format: Formatter, syncs: FailedSyncs, instances: readonly string[]): string {
    const { failed, partial, runs } = syncs;
    const what = [...(failed > 0 ? ['failed'] : []), ...(partial > 0 ? ['ended in part'] : [])].join(' or ');
    return `${format.number(failed + partial, 'integer')} of ${counted(format, runs, 'sync')} of ${listed(instances)} ${what}.`;
  },
  failedSyncsOf: (format: Formatter, name: string, { failed, partial, runs }: FailedSyncs): string =>
    `${name}: ${format.number(failed, 'integer')} failed and ${format.number(partial, 'integer')} in part, of ${format.number(runs, 'integer')}.`,
  pause: (format: Formatter, name: string, from: string, to: string, seconds: number): string =>
    `${name} was not synced for ${counted(format, Math.round(seconds / 3600), 'hour')}, from ${minutesOf(from)} to ${minutesOf(to)}.`,
  pauseDetail: 'Chats that were made and deleted in between are unknown.',
  coverageFell: (format: Formatter, now: number, before: number): string =>
    `Token counts reach ${format.number(now, 'percent')} of generations, ${format.number(before, 'percent')} before: sums of tokens and costs are too low.`,
  unreadable: (format: Formatter, objects: number, instances: readonly string[]): string =>
    `${counted(format, objects, 'object')} of ${listed(instances)} could not be read.`,
  held: (format: Formatter, deletions: number, instances: readonly string[]): string =>
    `${counted(format, deletions, 'deletion')} of ${listed(instances)} ${deletions === 1 ? 'waits' : 'wait'} for your review.`,
  heldDetail: 'Run Review Deletions.',

  neverSynced: (names: readonly string[]): string =>
    `${listed(names)} ${names.length === 1 ? 'has' : 'have'} not been synced completely yet and ${names.length === 1 ? 'is' : 'are'} left out.`,
  nothingSynced: (names: readonly string[]): string =>
    `Nothing of this period is known of ${listed(names)} yet. Run Sync.`,
  syncedUpTo: (format: Formatter, last: LocalDay, names: readonly string[]): string =>
    `Not synced to the end: ${listed(names)} ${names.length === 1 ? 'is' : 'are'} known up to ${format.day(last)}.`,
  comparesSameDays: 'Later days are unknown, not empty; the same weekdays before are compared.',
  notOver: (format: Formatter, last: LocalDay): string =>
    `This period is not over: it is known up to ${format.day(last)}.`,
  lastSync: (name: string, time: string): string => `${name}: last sync ${minutesOf(time)}.`,
  nothingBefore: (format: Formatter, first: LocalDay | undefined): string =>
    first === undefined
      ? 'There is nothing to compare with: no message is known.'
      : `There is nothing to compare with: the first message is of ${format.day(first)}.`,
  holidays: (format: Formatter, holidays: readonly Holiday[]): string =>
    `Holidays in this period: ${listed(holidays.map((holiday) => named(format, holiday)))}.`,
  holidaysBefore: (format: Formatter, holidays: readonly Holiday[]): string =>
    `Holidays in the days before: ${listed(holidays.map((holiday) => named(format, holiday)))}.`,
  notCompared: 'Nothing is compared. Choose a comparison to see what changed.',

  /** What follows may be large and still no more than the weeks before had. */
  nothingUnusual: (format: Formatter, counts: UsageCounts, isAll: boolean): string =>
    counts.turns + counts.generations === 0
      ? 'Nobody used it: no turn and no generation.'
      : `${isAll ? 'Nothing unusual' : 'All within what is usual'}: ${usage(format, counts)}.`,
  usageBefore: (format: Formatter, counts: UsageCounts): string => `Before: ${usage(format, counts)}.`,
  usageNow: (format: Formatter, counts: UsageCounts): string => `${upperFirst(usage(format, counts))}.`,
  leftOut: (format: Formatter, topics: readonly string[]): string =>
    `${counted(format, topics.length, 'smaller change')} ${topics.length === 1 ? 'is' : 'are'} left out: ${listed(topics)}.`,
} as const;

function named(format: Formatter, { name, day }: Holiday): string {
  return `${name} (${format.day(day)})`;
}

/** "3.2 points" of a difference of shares. */
function points(format: Formatter, difference: number): string {
  const rounded = Math.round(Math.abs(difference) * 1000) / 10;
  return `${format.number(rounded, 'decimal')} ${rounded === 1 ? 'point' : 'points'}`;
}

/** A part of a change that one member of a dimension accounts for. */
export interface Cause {
  readonly dimension: Mover['dimension'];
  readonly name: string;
  readonly change: number;
  /** Part of the whole change; above 1 where others went the other way. */
  readonly share: number;
}

/** How an amount is written. Amounts of two currencies are never added. */
export interface Money {
  /** ISO 4217. */
  readonly currency: string;
}

/** A part of a whole. */
export interface Share {
  readonly part: number;
  readonly all: number;
}

/** Syncs of a period, and how many of them did not end well. */
export interface FailedSyncs {
  readonly failed: number;
  readonly partial: number;
  readonly runs: number;
}

export interface AccountCounts {
  readonly new: number;
  readonly gone: number;
  readonly idle: number;
}

interface UsageCounts {
  readonly turns: number;
  readonly activeUsers: number;
  readonly generations: number;
}

function usage(format: Formatter, { turns, activeUsers, generations }: UsageCounts): string {
  return `${counted(format, turns, 'turn')} by ${counted(format, activeUsers, 'user')}, ${counted(format, generations, 'generation')}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `2026-07-30 09:12` of `2026-07-30 09:12:41`. */
function minutesOf(time: string): string {
  return time.slice(0, 16);
}

function amount(format: Formatter, value: number, as: NumberFormat | Money): string {
  return typeof as === 'string'
    ? format.number(value, as)
    : `${format.number(value, 'money')} ${as.currency}`;
}

function signed(format: Formatter, value: number, as: NumberFormat | Money): string {
  return typeof as === 'string'
    ? format.signed(value, as)
    : `${format.signed(value, 'money')} ${as.currency}`;
}
