import * as l10n from '@vscode/l10n';
import { confirmedStarter, type PriceProposal } from '../../reports/cost/modelsSeen';
import { FREE, parsePriceText, priceText } from '../../reports/cost/priceText';
import { STARTER_AS_OF, STARTER_CURRENCY } from '../../reports/cost/starterPrices';
import type { PriceAmounts, PriceEntry } from '../../store/costs/costEntries';
import { countOf } from '../../sync/words';

/** One model in the list. */
export interface PriceItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Marked at first: what only needs a yes. */
  readonly picked: boolean;
  readonly value: PriceProposal;
}

/** The models with what they cost now, or what the starter list says. */
export function priceItems(proposals: readonly PriceProposal[]): readonly PriceItem[] {
  return proposals.map((proposal) => {
    const { model, starter, current } = proposal;
    const unpriced =
      model.unpriced === 0
        ? countOf(model.generations, 'generation')
        : l10n.t('{0} without a price', countOf(model.unpriced, 'generation'));
    return {
      label: model.modelId,
      description:
        current !== undefined
          ? l10n.t('{0} since {1}', priceText(current), current.validFrom)
          : starter !== undefined
            ? l10n.t('proposed: {0}', priceText(starterAmounts(proposal)))
            : l10n.t('no price'),
      detail: model.isLocal ? l10n.t('{0} · runs on Ollama', unpriced) : unpriced,
      picked: starter !== undefined && current === undefined,
      value: proposal,
    };
  });
}

/** How the chosen models get their prices. */
export type PriceWay = 'starter' | 'typed' | 'free';

export interface PriceWayItem {
  readonly label: string;
  readonly description?: string;
  readonly detail: string;
  readonly value: PriceWay;
}

/** The ways that fit the chosen models. */
export function wayItems(chosen: readonly PriceProposal[]): readonly PriceWayItem[] {
  const listed = chosen.filter(({ starter }) => starter !== undefined).length;
  const rest = chosen.length - listed;
  const starterItem: PriceWayItem = {
    label: l10n.t('Use the proposed prices'),
    description: countOf(listed, 'model'),
    detail: [
      l10n.t(
        'Each is a public list price of {0}, a starting point: compare it with your contract.',
        STARTER_AS_OF,
      ),
      ...(rest === 0 ? [] : [l10n.t('You are asked for {0}.', countOf(rest, 'other price'))]),
    ].join(' '),
    value: 'starter',
  };
  return [
    ...(listed === 0 ? [] : [starterItem]),
    {
      label: l10n.t('Type each price'),
      detail: l10n.t('The proposal or the present price can be edited.'),
      value: 'typed',
    },
    {
      label: l10n.t('They cost nothing'),
      detail: l10n.t('For models on machines of your own: their cost is known then, and 0.'),
      value: 'free',
    },
  ];
}

/** Whether somebody has to type the price of a model. */
export function isTyped({ starter }: PriceProposal, way: PriceWay): boolean {
  return way === 'typed' || (way === 'starter' && starter === undefined);
}

/** What the input of a price begins with. */
export function typedValue(proposal: PriceProposal): string {
  const { starter, current } = proposal;
  const known = current ?? (starter === undefined ? undefined : starterAmounts(proposal));
  return known === undefined ? '' : priceText(known).replace(/ per million tokens.*$|^costs nothing$/u, '');
}

/** When prices begin. */
export type PriceStart = 'usual' | 'today' | { readonly date: string };

/**
 * The prices to keep.
 * @param typed by model id, for those that {@link isTyped} says
 * @param today UTC day as `YYYY-MM-DD`
 */
export function chosenPrices(
  chosen: readonly PriceProposal[],
  way: PriceWay,
  typed: ReadonlyMap<string, string>,
  start: PriceStart,
  today: string,
): readonly PriceEntry[] {
  return chosen.map((proposal) => {
    const { model, starter } = proposal;
    const validFrom = startOf(proposal, start, today);
    if (way === 'starter' && starter !== undefined) {
      return confirmedStarter(proposal, starter, validFrom);
    }
    const amounts: PriceAmounts =
      way === 'free'
        ? { ...FREE, currency: STARTER_CURRENCY }
        : parsePriceText(typed.get(model.modelId) ?? '', STARTER_CURRENCY);
    return { ...amounts, modelId: model.modelId, validFrom, source: 'admin' };
  });
}

function startOf(proposal: PriceProposal, start: PriceStart, today: string): string {
  if (start === 'today') {
    return today;
  }
  if (start !== 'usual') {
    return start.date;
  }
  // A price from the first use on also fills days before the present one, and leaves that as it is.
  return proposal.model.unpriced > 0 ? proposal.model.firstUsed : today;
}

function starterAmounts(proposal: PriceProposal): PriceAmounts {
  const { starter } = proposal;
  if (starter === undefined) {
    throw new Error(l10n.t('The starter list has no price of {0}', proposal.model.modelId));
  }
  return confirmedStarter(proposal, starter, proposal.model.firstUsed);
}
