import type { BilledRow, GenerationCost } from './allocationTypes';
import { largestRemainder } from './largestRemainder';
import { hasTokens, type UseGroup, type Weights } from './usage';

/** What of a row is a group's. */
export interface GroupAmount {
  readonly row: BilledRow;
  readonly group: UseGroup;
  readonly weights: Weights;
  readonly costE8: bigint;
}

/** All amounts of a group: of one cost type and currency. */
interface GroupBill {
  readonly group: UseGroup;
  readonly row: BilledRow;
  readonly byWeights: ReadonlyMap<Weights, bigint>;
  readonly isFinal: boolean;
}

/**
 * Splits what groups were billed over their generations, by the same weights. One whose tokens are known gets a row also
 * where its part is 0: it is billed, not of an unknown cost.
 */
export function spreadOverGenerations(amounts: readonly GroupAmount[]): GenerationCost[] {
  return billsOf(amounts).flatMap((bill) => {
    const { group, row, byWeights, isFinal } = bill;
    const costs = group.generations.map(() => 0n);
    const isWeighed = group.generations.map(hasTokens);
    for (const [weights, amount] of byWeights) {
      const own = group.generations.map((generation) => weights.of(generation));
      largestRemainder(amount, own).forEach((part, index) => {
        costs[index] = (costs[index] ?? 0n) + part;
      });
      own.forEach((weight, index) => {
        isWeighed[index] = isWeighed[index] === true || weight > 0n;
      });
    }
    return group.generations.flatMap((generation, index) =>
      isWeighed[index] === true
        ? [
            {
              ...{ generationId: generation.id, costType: row.costType, currency: row.currency, isFinal },
              costE8: costs[index] ?? 0n,
            },
          ]
        : [],
    );
  });
}

function billsOf(amounts: readonly GroupAmount[]): GroupBill[] {
  const bills = new Map<string, GroupAmount[]>();
  for (const amount of amounts) {
    const ofGroup = bills.get(amount.group.key) ?? [];
    ofGroup.push(amount);
    bills.set(amount.group.key, ofGroup);
  }
  return [...bills.values()].flatMap((ofGroup) => {
    const [first] = ofGroup;
    if (first === undefined) {
      return [];
    }
    const byWeights = new Map<Weights, bigint>();
    for (const { weights, costE8 } of ofGroup) {
      byWeights.set(weights, (byWeights.get(weights) ?? 0n) + costE8);
    }
    const isFinal = ofGroup.every(({ row }) => row.isFinal);
    return [{ group: first.group, row: first.row, byWeights, isFinal }];
  });
}
