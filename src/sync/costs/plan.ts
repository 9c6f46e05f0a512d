import { azureScope, scopesOverlap } from '../../store/costs/costScope';
import type { CostConnection } from '../../store/costs/costConnection';
import {
  COST_TYPES,
  type CostRunStatus,
  type CostScopeFacts,
  type CostScopeStatus,
  type CostType,
  type CurrencyTotal,
} from '../../store/costs/costTypes';
import { isFinal, monthAt, monthsBack } from '../../store/costs/months';
import type { EpochSeconds } from '../../store/records';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
/** Azure gives 13 months, the present one among them. */
export const MONTHS_GIVEN = 13;
/** How often Azure brings its figures up to date. */
export const AZURE_REFRESH_S = 4 * HOUR_S;
/** The timer leaves an open month alone that was read so recently: a run that was broken off goes on where it stood. */
const RECENT_S = 12 * HOUR_S;

/**
 * How long after the start of a run the timer asks again, by how it ended. Microsoft asks for one call a day at most; a
 * sign-in that failed is not tried in a loop either.
 */
const AGAIN_AFTER_S: Readonly<Record<CostRunStatus, number>> = {
  ok: DAY_S,
  partial: DAY_S,
  failed: DAY_S,
  cancelled: HOUR_S,
  // Its process is gone, or it holds the lock.
  running: HOUR_S,
  // When is in `retryAfter`.
  throttled: 600,
};

/** What is known of earlier tries. */
export type CostTries = Pick<CostScopeStatus, 'retryAfter' | 'runs'>;

/** Whether the timer is to read a scope's costs now. @param known undefined: nothing was ever read */
export function isDue(
  connection: Pick<CostConnection, 'enabled'>,
  known: CostTries | undefined,
  now: EpochSeconds,
): boolean {
  return connection.enabled && dueAt(known, now) <= now;
}

/** From when on the timer reads a scope's costs; 0: at once. */
export function dueAt(known: CostTries | undefined, now: EpochSeconds): EpochSeconds {
  // A run that began later than now is of a clock that was ahead: it must not postpone the next one.
  const last = known?.runs.find(({ trigger, startedAt }) => trigger !== 'import' && startedAt <= now);
  const next = last === undefined ? 0 : last.startedAt + AGAIN_AFTER_S[last.status];
  return Math.max(next, heldUntil(known?.retryAfter, now) ?? 0);
}

/**
 * Until when Azure is not to be asked at all; undefined: it may. So far ahead is no wait that Azure asked for, but a clock
 * that was set back.
 */
export function heldUntil(retryAfter: EpochSeconds | undefined, now: EpochSeconds): EpochSeconds | undefined {
  return retryAfter !== undefined && retryAfter > now && retryAfter - now <= DAY_S ? retryAfter : undefined;
}

/** One month to read, of one cost type. */
export interface PlannedPart {
  /** `YYYY-MM`, UTC. */
  readonly month: string;
  readonly costType: CostType;
}

/** A closed month with the totals that it had when it was read. */
export interface ControlledPart extends PlannedPart {
  readonly totals: readonly CurrencyTotal[];
}

export interface CostPlan {
  /** Newest month first. */
  readonly parts: readonly PlannedPart[];
  /** Months whose cost an imported file holds already: read as well, it would count twice. Newest first. */
  readonly imported: readonly PlannedPart[];
  /** Closed months whose totals are looked at once more, since a month closes now. Newest first. */
  readonly controls: readonly ControlledPart[];
  /** When an open month that is read again was read last, where that was before Azure had new figures. */
  readonly askedAgain?: EpochSeconds | undefined;
}

export interface PlanRequest {
  readonly isByTimer: boolean;
  readonly isWhole: boolean;
}

/**
 * Which months of a scope to read. Months that were read after they had closed are read again only where their totals have
 * changed, which is looked at once a month, or where all are asked for; open ones are read once a day, by a person's wish at once; those that were never read follow, newest first.
 * @param all what the mirror knows of every scope
 */
export function planCosts(
  scope: string,
  all: readonly CostScopeFacts[],
  { isByTimer, isWhole }: PlanRequest,
  now: EpochSeconds,
): CostPlan {
  const facts = azureScope(all, scope);
  const read = new Map((facts?.months ?? []).map((month) => [keyOf(month), month]));
  const imported = importedParts(scope, all);
  const newestAt = newestFetchedAt(facts?.months ?? [], now);
  const parts: PlannedPart[] = [];
  const held: PlannedPart[] = [];
  const closed: ControlledPart[] = [];
  let isClosing = false;
  let askedAgain: EpochSeconds | undefined;
  for (const month of monthsBack(monthAt(now), MONTHS_GIVEN)) {
    for (const costType of COST_TYPES) {
      const part = { month, costType };
      const before = read.get(keyOf(part));
      if (before === undefined && imported.has(keyOf(part))) {
        held.push(part);
      } else if (before === undefined || isWhole || isToBeRead(before, month, isByTimer, now)) {
        parts.push(part);
        isClosing ||= before?.isClosed === false && closesNow({ fetchedAt: newestAt }, month, now);
        if (before !== undefined && !before.isClosed && now - before.fetchedAt < AZURE_REFRESH_S) {
          askedAgain = Math.max(askedAgain ?? 0, before.fetchedAt);
        }
      } else {
        closed.push({ ...part, totals: before.totals });
      }
    }
  }
  return { parts, imported: held, controls: isClosing ? closed.filter(isPast(now)) : [], askedAgain };
}

function isToBeRead(
  before: { readonly isClosed: boolean; readonly fetchedAt: EpochSeconds },
  month: string,
  isByTimer: boolean,
  now: EpochSeconds,
): boolean {
  if (before.fetchedAt > now) {
    // By a clock that was ahead: what it took for closed or for recent may be neither.
    return true;
  }
  if (before.isClosed) {
    return false;
  }
  return !isByTimer || closesNow(before, month, now) || now - before.fetchedAt >= RECENT_S;
}

/**
 * When the newest month was read last; months to come are of a clock that was ahead. Another one may not have been taken
 * since, for its cost was gone: that it closes is no news every day.
 */
function newestFetchedAt(months: CostScopeFacts['months'], now: EpochSeconds): EpochSeconds {
  const present = monthAt(now);
  const [newest] = months
    .map(({ month }) => month)
    .filter((month) => month <= present)
    .sort()
    .slice(-1);
  return Math.max(0, ...months.filter(({ month }) => month === newest).map(({ fetchedAt }) => fetchedAt));
}

/** Whether a month that was read while it was open has closed since. */
function closesNow(before: { readonly fetchedAt: EpochSeconds }, month: string, now: EpochSeconds): boolean {
  return isFinal(month, now) && !isFinal(month, before.fetchedAt);
}

function isPast(now: EpochSeconds): (part: PlannedPart) => boolean {
  return ({ month }) => isFinal(month, now);
}

/** One unit of 1e-8: a total that Azure rounded anew is the same. */
const SAME_TOTAL = 1n;

/** Whether totals say that nothing was billed otherwise since. */
export function areSameTotals(before: readonly CurrencyTotal[], now: readonly CurrencyTotal[]): boolean {
  const differences = new Map<string, bigint>();
  for (const [sign, totals] of [
    [-1n, before],
    [1n, now],
  ] as const) {
    for (const { currency, costE8 } of totals) {
      differences.set(currency, (differences.get(currency) ?? 0n) + sign * costE8);
    }
  }
  return [...differences.values()].every((difference) => difference * difference <= SAME_TOTAL);
}

function importedParts(scope: string, all: readonly CostScopeFacts[]): ReadonlySet<string> {
  return new Set(
    all
      .filter((other) => other.source === 'import' && scopesOverlap(other.scope, scope))
      .flatMap(({ months }) => months.map(keyOf)),
  );
}

function keyOf({ month, costType }: PlannedPart): string {
  return `${month} ${costType}`;
}
