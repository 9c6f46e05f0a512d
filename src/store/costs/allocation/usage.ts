import type { CostDriver } from '../../analysis/analysisTypes';
import type { UsedGeneration } from './allocationTypes';

/** The generations of one model of an instance on a day. */
export interface UseGroup {
  /** Names it among the groups of the day. */
  readonly key: string;
  readonly instanceId: number;
  readonly modelIds: readonly string[];
  readonly generations: readonly UsedGeneration[];
}

/** What generations are weighed by. `freshInput`: input without what was cached. */
export type Weighing = 'input' | 'freshInput' | 'cached' | 'output' | CostDriver;

/** Groups in a fixed order, whatever the order of the generations. */
export function groupsOf(generations: readonly UsedGeneration[]): readonly UseGroup[] {
  const groups = new Map<string, UsedGeneration[]>();
  for (const generation of [...generations].sort((a, b) => a.id - b.id)) {
    const key = JSON.stringify([generation.instanceId, generation.modelIds[0] ?? null]);
    const group = groups.get(key) ?? [];
    group.push(generation);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({
      key,
      instanceId: members[0]?.instanceId ?? 0,
      modelIds: members[0]?.modelIds ?? [],
      generations: members,
    }));
}

/** Parts of one: as fine as a day with a billion generations of somebody needs. */
const ONE = 1_000_000_000_000n;

/** List cost in these parts of a currency's unit. */
const LIST_COST_PARTS = 1e12;

/** The weight of each generation of some groups, by group in their order. */
export class Weights {
  readonly weighing: Weighing;
  readonly groups: readonly UseGroup[];
  readonly #of: (generation: UsedGeneration) => bigint;
  readonly #sums: ReadonlyMap<UseGroup, bigint>;

  constructor(weighing: Weighing, groups: readonly UseGroup[]) {
    this.weighing = weighing;
    this.groups = groups;
    this.#of = weigher(weighing, groups);
    this.#sums = new Map(
      groups.map((group) => [group, group.generations.reduce((sum, one) => sum + this.#of(one), 0n)]),
    );
  }

  of(generation: UsedGeneration): bigint {
    return this.#of(generation);
  }

  ofGroup(group: UseGroup): bigint {
    return this.#sums.get(group) ?? 0n;
  }

  get total(): bigint {
    return this.groups.reduce((sum, group) => sum + this.ofGroup(group), 0n);
  }
}

function weigher(weighing: Weighing, groups: readonly UseGroup[]): (generation: UsedGeneration) => bigint {
  switch (weighing) {
    case 'input':
      return ({ inputTokens }) => tokens(inputTokens);
    case 'freshInput':
      return ({ inputTokens, cachedTokens }) =>
        tokens((inputTokens ?? 0) - Math.min(cachedTokens ?? 0, inputTokens ?? 0));
    case 'cached':
      return ({ inputTokens, cachedTokens }) => tokens(Math.min(cachedTokens ?? 0, inputTokens ?? 0));
    case 'output':
      return ({ outputTokens }) => tokens(outputTokens);
    case 'tokens':
      return ({ inputTokens, outputTokens }) => tokens(inputTokens) + tokens(outputTokens);
    case 'listCost':
      return ({ listCost }) => BigInt(Math.max(0, Math.round((listCost?.amount ?? 0) * LIST_COST_PARTS)));
    case 'turns':
      return partOfOne(groups, ({ instanceId, turnId }) => `${instanceId} ${turnId}`);
    case 'activeUsers':
      return partOfOne(groups, ({ instanceId, userId }) => `${instanceId} ${userId}`);
    case 'even':
      return () => 1n;
  }
}

/** Each turn or user weighs one, in equal parts for each of its generations. */
function partOfOne(
  groups: readonly UseGroup[],
  ownerOf: (generation: UsedGeneration) => string,
): (generation: UsedGeneration) => bigint {
  const counts = new Map<string, number>();
  for (const generation of groups.flatMap((group) => group.generations)) {
    const owner = ownerOf(generation);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return (generation) => ONE / BigInt(counts.get(ownerOf(generation)) ?? 1);
}

function tokens(count: number | undefined): bigint {
  return BigInt(Math.max(0, Math.round(count ?? 0)));
}

export function hasTokens({ inputTokens, outputTokens }: UsedGeneration): boolean {
  return inputTokens !== undefined || outputTokens !== undefined;
}

/** Whether list costs say what each share is: one currency, and known wherever tokens are. */
export function areListed(groups: readonly UseGroup[]): boolean {
  const currencies = new Set<string>();
  for (const { inputTokens, outputTokens, listCost } of groups.flatMap((group) => group.generations)) {
    if (listCost !== undefined) {
      currencies.add(listCost.currency);
    } else if (inputTokens !== undefined && outputTokens !== undefined) {
      return false;
    }
  }
  return currencies.size === 1;
}
