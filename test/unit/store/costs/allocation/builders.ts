import { allocateDay } from '../../../../../src/store/costs/allocation/allocateDay';
import type {
  AllocatedDay,
  BilledRow,
  CostDay,
  CostMapping,
  UsedGeneration,
} from '../../../../../src/store/costs/allocation/allocationTypes';
import { CostMap } from '../../../../../src/store/costs/allocation/costMap';

export const ACCOUNT =
  '/subscriptions/s/resourcegroups/chat/providers/microsoft.cognitiveservices/accounts/one';

/** A row of the account's bill for input of gpt-4o, complete and final. */
export function billed(changes: Partial<BilledRow> = {}): BilledRow {
  return {
    id: 1,
    costType: 'actual',
    resourceId: ACCOUNT,
    meter: 'gpt 4o 0806 Inp glbl Tokens',
    meterSubcategory: '',
    chargeType: 'Usage',
    currency: 'EUR',
    costE8: 1_000n,
    isFresh: false,
    isFinal: true,
    isCounted: true,
    ...changes,
  };
}

/** A generation of gpt-4o on instance 1. */
export function used(changes: Partial<UsedGeneration> = {}): UsedGeneration {
  const id = changes.id ?? 1;
  return {
    id,
    instanceId: 1,
    modelIds: ['gpt-4o'],
    userId: 1,
    turnId: 1000 + id,
    inputTokens: 100,
    outputTokens: 10,
    ...changes,
  };
}

export const MAPPING: CostMapping = {
  resources: [{ resource: ACCOUNT, instanceId: 1 }],
  deployments: [],
  meters: [],
};

export function allocate(
  rows: readonly BilledRow[],
  generations: readonly UsedGeneration[],
  { mapping = {}, mode = 'auto' }: { mapping?: Partial<CostMapping>; mode?: CostDay['mode'] } = {},
): AllocatedDay {
  return allocateDay({ rows, generations, mode }, new CostMap({ ...MAPPING, ...mapping }, [1, 2, 3]));
}

/** `[kind, reason or method, instance, amount]` of each share. */
export function sharesIn({ shares }: AllocatedDay): unknown[][] {
  return shares.map(({ kind, reason, method, instanceId, costE8 }) => [
    kind,
    reason ?? method,
    instanceId,
    Number(costE8),
  ]);
}

/** Amounts by generation. */
export function costsIn({ generations }: AllocatedDay): Record<number, number> {
  return Object.fromEntries(generations.map(({ generationId, costE8 }) => [generationId, Number(costE8)]));
}
