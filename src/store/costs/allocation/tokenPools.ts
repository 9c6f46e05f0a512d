import type { SpreadRow } from './plannedRows';
import { Weights, type Weighing } from './usage';

/** Own tokens of billed ones. */
export interface Coverage {
  readonly own: bigint;
  readonly billed: bigint;
}

/** More own tokens than these times the billed ones: the unit of the meter is not what it seemed. */
const PLAUSIBLE_TIMES = 2n;

/**
 * What rows of one day that count the same tokens of the same models make together: how they are weighed, and how many of
 * the billed tokens are known use.
 */
export class TokenPools {
  /** Groups whose cached input has a meter of its own, and is known. */
  readonly #cachedApart = new Set<string>();
  readonly #weights = new Map<string, Weights>();
  readonly #billed = new Map<string, bigint | undefined>();

  constructor(rows: readonly SpreadRow[]) {
    for (const { meaning, groups, groupsKey } of rows) {
      if (meaning.direction === 'cached' && this.weights('cached', { groups, groupsKey }).total > 0n) {
        this.#cachedApart.add(groupsKey);
      }
    }
    for (const spread of rows) {
      const weighing = this.weighingOf(spread);
      const key = `${weighing} ${spread.groupsKey}`;
      const tokens = (spread.row.quantity ?? Number.NaN) * (spread.meaning.tokensPerUnit ?? Number.NaN);
      const before = this.#billed.has(key) ? this.#billed.get(key) : 0n;
      const isKnown = before !== undefined && Number.isFinite(tokens);
      this.#billed.set(key, isKnown ? before + BigInt(Math.round(tokens)) : undefined);
    }
  }

  /** What a row is spread by: the tokens of its direction, else its driver. */
  weighingOf({ meaning, groupsKey }: Pick<SpreadRow, 'meaning' | 'groupsKey'>): Weighing {
    const { direction, driver } = meaning;
    if (direction === 'fixed' || driver !== 'tokens') {
      return driver;
    }
    const isApart = this.#cachedApart.has(groupsKey);
    switch (direction) {
      case 'output':
        return 'output';
      case 'cached':
        return isApart ? 'cached' : 'input';
      case 'input':
        return isApart ? 'freshInput' : 'input';
    }
  }

  weights(weighing: Weighing, { groups, groupsKey }: Pick<SpreadRow, 'groups' | 'groupsKey'>): Weights {
    const key = `${weighing} ${groupsKey}`;
    const known = this.#weights.get(key) ?? new Weights(weighing, groups);
    this.#weights.set(key, known);
    return known;
  }

  /** Undefined where the unit is not known, or tokens of no direction are counted. */
  coverage(spread: SpreadRow): Coverage | undefined {
    const weighing = this.weighingOf(spread);
    if (weighing !== 'input' && weighing !== 'freshInput' && weighing !== 'cached' && weighing !== 'output') {
      return undefined;
    }
    const billed = this.#billed.get(`${weighing} ${spread.groupsKey}`);
    const own = this.weights(weighing, spread).total;
    return billed === undefined || billed <= 0n || own > billed * PLAUSIBLE_TIMES
      ? undefined
      : { own, billed };
  }
}
