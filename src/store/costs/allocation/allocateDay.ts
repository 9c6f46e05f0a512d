import type { CostDriver } from '../../analysis/analysisTypes';
import type {
  AllocatedDay,
  AllocationMode,
  BilledRow,
  CostDay,
  CostShare,
  GenerationCost,
  ShareReason,
} from './allocationTypes';
import type { CostMap } from './costMap';
import { largestRemainder } from './largestRemainder';
import { planRow, type LeftRow, type PlannedRow, type SpreadRow } from './plannedRows';
import { spreadOverGenerations, type GroupAmount } from './spreadOverGenerations';
import { TokenPools } from './tokenPools';
import { areListed, groupsOf, hasTokens, type UseGroup, type Weighing, type Weights } from './usage';

/** Below it other use is thought to be billed too: the known use is not to pay for it. In tenths. */
const ENOUGH = { own: 10n, billed: 9n };

/**
 * Spreads the bills of one UTC day over its use. Shares of a row add up to it exactly, and what generations of an instance's
 * model get adds up to its shares. Knows no clock, no order of rows and no database.
 */
export function allocateDay(day: CostDay, map: CostMap): AllocatedDay {
  const groups = groupsOf(day.generations);
  const shares: CostShare[] = [];
  const generations: GenerationCost[] = [];
  for (const costType of ['actual', 'amortized'] as const) {
    const rows = day.rows.filter((row) => row.costType === costType).sort((a, b) => a.id - b.id);
    const allocated = allocateRows(rows, groups, map, day.mode);
    shares.push(...allocated.shares);
    generations.push(...allocated.generations);
  }
  return { shares, generations };
}

function allocateRows(
  rows: readonly BilledRow[],
  groups: readonly UseGroup[],
  map: CostMap,
  mode: AllocationMode,
): AllocatedDay {
  const planned = rows.map((row) => planRow(row, groups, map));
  const pools = new TokenPools(planned.filter(isSpread));
  const split = planned.map((plan) => (isSpread(plan) ? splitRow(plan, pools, mode) : leave(plan)));
  const currencies = currenciesOf(split.flatMap(({ amounts }) => amounts));
  const kept = split.flatMap(({ amounts }) => amounts).filter((amount) => isKept(amount, currencies));
  return {
    shares: split.flatMap((row) => sharesOf(row, currencies)),
    generations: spreadOverGenerations(kept),
  };
}

function isSpread(plan: PlannedRow): plan is SpreadRow {
  return 'groups' in plan;
}

/** A row in its parts, before currencies are looked at. */
interface SplitRow {
  readonly row: BilledRow;
  readonly amounts: readonly GroupAmount[];
  readonly method?: CostDriver | undefined;
  readonly coverage?: number | undefined;
  readonly rest: readonly Omit<CostShare, 'costId' | 'part'>[];
}

function leave({ row, kind, reason, instanceId }: LeftRow): SplitRow {
  return { row, amounts: [], rest: [{ kind, reason, instanceId, costE8: row.costE8 }] };
}

function splitRow(spread: SpreadRow, pools: TokenPools, mode: AllocationMode): SplitRow {
  const { row, instanceId } = spread;
  const weights = weightsOf(spread, pools);
  if (weights === undefined) {
    return leave({ row, kind: 'unallocated', reason: 'noUsage', instanceId });
  }
  const isMeasured = weights.weighing === pools.weighingOf(spread);
  const coverage = isMeasured ? pools.coverage(spread) : undefined;
  const isAttributed =
    coverage !== undefined &&
    (mode === 'attributed' ||
      (mode === 'auto' && coverage.own * ENOUGH.own < coverage.billed * ENOUGH.billed)) &&
    coverage.own < coverage.billed;
  const amount = isAttributed ? (row.costE8 * coverage.own) / coverage.billed : row.costE8;
  const known = coverage === undefined ? undefined : Number(coverage.own) / Number(coverage.billed);
  const parts = largestRemainder(
    amount,
    weights.groups.map((group) => weights.ofGroup(group)),
  );
  const spent = weights.groups.flatMap((group, index) =>
    weights.ofGroup(group) === 0n ? [] : [{ row, group, weights, costE8: parts[index] ?? 0n }],
  );
  const otherUse = {
    ...({ kind: 'unallocated', reason: 'otherUse' } as const),
    ...{ instanceId, coverage: known, costE8: row.costE8 - amount },
  };
  // Known use pays for itself alone: whoever was erased is a part of the other use.
  const split = isAttributed ? { amounts: spent, rest: [otherUse] } : withoutErased(row, spent);
  return { row, method: methodOf(weights), coverage: known, ...split };
}

/** Takes out what people were billed who were erased since: nobody else pays for them. */
function withoutErased(
  { erased }: BilledRow,
  amounts: readonly GroupAmount[],
): Pick<SplitRow, 'amounts' | 'rest'> {
  if (erased === undefined) {
    return { amounts, rest: [] };
  }
  const rest = new Map<number, bigint>();
  const others = amounts.map((amount) => {
    const { instanceId } = amount.group;
    const part = erased.get(instanceId);
    if (part === undefined) {
      return amount;
    }
    const [costE8 = 0n, gone = 0n] = largestRemainder(amount.costE8, [part.othersE8, part.erasedE8]);
    rest.set(instanceId, (rest.get(instanceId) ?? 0n) + gone);
    return { ...amount, costE8 };
  });
  return {
    amounts: others,
    rest: [...rest].map(([instanceId, costE8]) => ({
      ...({ kind: 'unallocated', reason: 'erased' } as const),
      ...{ instanceId, costE8 },
    })),
  };
}

/** What a row can be spread by; undefined: its tokens are known, and there are none. */
function weightsOf(spread: SpreadRow, pools: TokenPools): Weights | undefined {
  const wanted = pools.weighingOf(spread);
  const isListed = wanted === 'listCost' && areListed(spread.groups);
  const ways: Weighing[] = wanted !== 'listCost' ? [wanted] : isListed ? [wanted, 'tokens'] : ['tokens'];
  const isFixed = spread.meaning.direction === 'fixed';
  if (isFixed || !spread.groups.some((group) => group.generations.some(hasTokens))) {
    ways.push('even');
  }
  return ways.map((way) => pools.weights(way, spread)).find((weights) => weights.total > 0n);
}

function methodOf({ weighing }: Weights): CostDriver {
  switch (weighing) {
    case 'input':
    case 'freshInput':
    case 'cached':
    case 'output':
      return 'tokens';
    default:
      return weighing;
  }
}

/** Each group's currency: the one that most of its rows have, the first of equal ones. */
function currenciesOf(amounts: readonly GroupAmount[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { group, row } of amounts) {
    const ofGroup = counts.get(group.key) ?? new Map<string, number>();
    ofGroup.set(row.currency, (ofGroup.get(row.currency) ?? 0) + 1);
    counts.set(group.key, ofGroup);
  }
  return new Map(
    [...counts].map(([key, ofGroup]) => [
      key,
      [...ofGroup].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))[0]?.[0] ?? '',
    ]),
  );
}

function isKept({ group, row }: GroupAmount, currencies: ReadonlyMap<string, string>): boolean {
  return currencies.get(group.key) === row.currency;
}

function sharesOf(split: SplitRow, currencies: ReadonlyMap<string, string>): CostShare[] {
  const { row, amounts, method, coverage, rest } = split;
  const parts: Omit<CostShare, 'costId' | 'part'>[] = amounts.map((amount) => {
    const { group, costE8 } = amount;
    const instanceId = group.instanceId;
    return isKept(amount, currencies)
      ? { kind: 'allocated', instanceId, modelId: group.modelIds[0], method, coverage, costE8 }
      : {
          kind: 'unallocated',
          instanceId,
          reason: 'anotherCurrency' satisfies ShareReason,
          coverage,
          costE8,
        };
  });
  return [...parts, ...rest].map((part, index) => ({ costId: row.id, part: index + 1, ...part }));
}
