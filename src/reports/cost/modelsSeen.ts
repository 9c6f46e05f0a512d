import * as v from 'valibot';
import type { PriceEntry } from '../../store/costs/costEntries';
import { utcDateOf } from '../../store/costs/costEntries';
import type { StoredPrice } from '../../store/costs/readCosts';
import { rowsOf, type ReportReader } from '../../store/resultSet';
import { inDialect } from '../sqlTemplate';
import modelsSeenSql from './models_seen.sql';
import { STARTER_CURRENCY, starterPriceOf, type StarterPrice } from './starterPrices';

/** A model that answered, or of which presets did. */
export interface ModelSeen {
  readonly modelId: string;
  readonly generations: number;
  /** Generations on days without a price. */
  readonly unpriced: number;
  /** UTC date of its first generation. */
  readonly firstUsed: string;
  /** An instance's own Ollama runs it. */
  readonly isLocal: boolean;
}

const modelSeen = v.object({
  model: v.string(),
  generations: v.number(),
  unpriced: v.number(),
  first_day: v.number(),
  is_local: v.number(),
});

/** The models whose prices matter, those with most unpriced generations first. @throws NoDatabaseError */
export async function readModelsSeen(reader: ReportReader): Promise<readonly ModelSeen[]> {
  const rows = v.parse(v.array(modelSeen), rowsOf(await reader.query(inDialect(reader, modelsSeenSql))));
  return rows.map(({ model, generations, unpriced, first_day: firstDay, is_local: isLocal }) => ({
    modelId: model,
    generations,
    unpriced,
    firstUsed: utcDateOf(firstDay),
    isLocal: isLocal === 1,
  }));
}

/** A model with what is known of its price. */
export interface PriceProposal {
  readonly model: ModelSeen;
  /** What the starter list says. */
  readonly starter?: StarterPrice | undefined;
  /** The general price that is in force; instances may have their own. */
  readonly current?: StoredPrice | undefined;
}

/** What can be confirmed: each model with its starter price and the price that it has. */
export function proposalsOf(
  models: readonly ModelSeen[],
  prices: readonly StoredPrice[],
): readonly PriceProposal[] {
  return models.map((model) => ({
    model,
    starter: starterPriceOf(model.modelId),
    // In the order of their days: the last one is in force, since none begins in the future.
    current: prices
      .filter((price) => price.modelId === model.modelId && price.instanceId === undefined)
      .at(-1),
  }));
}

/** The starter price as an entry to be confirmed. */
export function confirmedStarter(
  { model }: PriceProposal,
  starter: StarterPrice,
  validFrom: string,
): PriceEntry {
  return {
    modelId: model.modelId,
    validFrom,
    currency: STARTER_CURRENCY,
    inputPerMillion: starter.input,
    cachedPerMillion: starter.cached,
    outputPerMillion: starter.output,
    source: 'starter',
  };
}

/**
 * From when a price counts unless somebody says otherwise: from the model's first use, so that nothing stays without a
 * price; where there is a price already, from today, so that the past keeps its own.
 */
export function usualStart({ model, current }: PriceProposal, today: string): string {
  return current === undefined ? model.firstUsed : today;
}
