import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { proposalsOf, readModelsSeen, type PriceProposal } from '../../reports/cost/modelsSeen';
import { parsePriceText, PRICE_EXAMPLE, PRICE_FORM } from '../../reports/cost/priceText';
import { STARTER_CURRENCY } from '../../reports/cost/starterPrices';
import { withPrices } from '../../store/analysis/analysisEdits';
import { problemOf, utcDateOf, utcDayAt, utcDayOf } from '../../store/costs/costEntries';
import { readPrices } from '../../store/costs/readCosts';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import { changeAnalysis, endRunningSyncs } from '../mirrorChanges';
import { askChoice, askText, chooseMany, orCancel, refusal, enterText } from '../quickInput';
import {
  chosenPrices,
  isTyped,
  priceItems,
  typedValue,
  wayItems,
  type PriceStart,
  type PriceWay,
} from './priceItems';

const commandTitle = (): string => l10n.t('Confirm Prices');

/**
 * Lists the models that answered and keeps the prices that the user confirms, types or declares to be nothing. No price of
 * the starter list counts before. @throws CancelledError, SyncBusyError, NoDatabaseError, CostEntryError, AnalysisError
 */
export async function confirmPrices(core: Core): Promise<void> {
  const proposals = proposalsOf(await readModelsSeen(core.reader), await readPrices(core.reader));
  if (proposals.length === 0) {
    throw new Error(l10n.t('No model has answered yet. Run a sync first.'));
  }
  const chosen = await chooseModels(proposals);
  if (chosen.length === 0) {
    return;
  }
  const way = await orCancel(
    askChoice<PriceWay>({
      title: commandTitle(),
      placeholder: l10n.t('What do {0} cost?', countOf(chosen.length, 'model')),
      items: wayItems(chosen),
      isPersistent: true,
    }),
  );
  const typed = await typePrices(chosen.filter((proposal) => isTyped(proposal, way)));
  const today = utcDateOf(utcDayAt(Date.now() / 1000));
  const entries = chosenPrices(chosen, way, typed, await chooseStart(today), today);
  await endRunningSyncs(core);
  await changeAnalysis(core, l10n.t('Keeping prices'), (analysis) =>
    withPrices(analysis, entries, utcDayAt(Date.now() / 1000)),
  );
  void vscode.window.showInformationMessage(
    l10n.t('Prices of {0} are kept. The cost report uses them.', countOf(entries.length, 'model')),
  );
}

function chooseModels(proposals: readonly PriceProposal[]): Promise<readonly PriceProposal[]> {
  const placeholder = l10n.t(
    'Which models have a price to confirm or to change? Nothing is kept before the last step.',
  );
  return chooseMany(commandTitle(), placeholder, priceItems(proposals));
}

/** @returns what was typed, by model id */
async function typePrices(proposals: readonly PriceProposal[]): Promise<ReadonlyMap<string, string>> {
  const typed = new Map<string, string>();
  let step = 0;
  for (const proposal of proposals) {
    step += 1;
    const { modelId } = proposal.model;
    const text = await orCancel(
      askText({
        title: `${commandTitle()}: ${modelId}`,
        step,
        totalSteps: proposals.length,
        prompt: PRICE_FORM,
        placeholder: PRICE_EXAMPLE,
        value: typedValue(proposal),
        object: (value) => refusal(problemOf(() => parsePriceText(value, STARTER_CURRENCY))),
      }),
    );
    typed.set(modelId, text);
  }
  return typed;
}

async function chooseStart(today: string): Promise<PriceStart> {
  const start = await orCancel(
    askChoice<'usual' | 'today' | 'other'>({
      title: commandTitle(),
      placeholder: l10n.t('From when do these prices count? Days are UTC.'),
      isPersistent: true,
      items: [
        {
          label: l10n.t('From the first use'),
          detail: l10n.t(
            'Where generations have no price; days that have one keep it. Models without such a gap: from today.',
          ),
          value: 'usual',
        },
        { label: l10n.t('From today'), description: today, value: 'today' },
        { label: l10n.t('From another day...'), value: 'other' },
      ],
    }),
  );
  if (start !== 'other') {
    return start;
  }
  const date = await enterText({
    title: commandTitle(),
    prompt: l10n.t('First day of these prices, as YYYY-MM-DD (UTC)'),
    value: today,
    object: (value) => refusal(dateProblem(value, today)),
  });
  return { date };
}

function dateProblem(date: string, today: string): string | undefined {
  if (utcDayOf(date) === undefined) {
    return l10n.t('"{0}" is no day. Give it as YYYY-MM-DD.', date);
  }
  return date > today ? l10n.t('A price cannot begin in the future.') : undefined;
}
