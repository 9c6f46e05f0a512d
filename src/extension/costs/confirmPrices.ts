import * as vscode from 'vscode';
import { proposalsOf, readModelsSeen, type PriceProposal } from '../../reports/cost/modelsSeen';
import { parsePriceText, PRICE_EXAMPLE, PRICE_FORM } from '../../reports/cost/priceText';
import { STARTER_CURRENCY } from '../../reports/cost/starterPrices';
import { problemOf, utcDateOf, utcDayAt, utcDayOf } from '../../store/costs/costEntries';
import { readPrices } from '../../store/costs/readCosts';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import { CancelledError } from '../errors';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';
import { askChoice, askText, BACK, chooseMany } from '../quickInput';
import {
  chosenPrices,
  isTyped,
  priceItems,
  typedValue,
  wayItems,
  type PriceStart,
  type PriceWay,
} from './priceItems';

const TITLE = 'Confirm Prices';

/**
 * Lists the models that answered and keeps the prices that the user confirms, types or declares to be nothing. No price of
 * the starter list counts before. @throws CancelledError, SyncBusyError, NoDatabaseError, CostEntryError
 */
export async function confirmPrices(core: Core): Promise<void> {
  const proposals = proposalsOf(await readModelsSeen(core.reader), await readPrices(core.reader));
  if (proposals.length === 0) {
    throw new Error('No model has answered yet. Run a sync first.');
  }
  const chosen = await chooseModels(proposals);
  if (chosen.length === 0) {
    return;
  }
  const way = await orCancel(
    askChoice<PriceWay>({
      title: TITLE,
      placeholder: `What do ${countOf(chosen.length, 'model')} cost?`,
      items: wayItems(chosen),
      isPersistent: true,
    }),
  );
  const typed = await typePrices(chosen.filter((proposal) => isTyped(proposal, way)));
  const today = utcDateOf(utcDayAt(Date.now() / 1000));
  const entries = chosenPrices(chosen, way, typed, await chooseStart(today), today);
  await endRunningSyncs(core);
  await changeWithWriter(core, 'Keeping prices', (writer) => writer.setPrices(entries));
  await core.mirror.reload();
  void vscode.window.showInformationMessage(
    `Prices of ${countOf(entries.length, 'model')} are kept. The cost report uses them.`,
  );
}

function chooseModels(proposals: readonly PriceProposal[]): Promise<readonly PriceProposal[]> {
  const placeholder =
    'Which models have a price to confirm or to change? Nothing is kept before the last step.';
  return chooseMany(TITLE, placeholder, priceItems(proposals));
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
        title: `${TITLE}: ${modelId}`,
        step,
        totalSteps: proposals.length,
        prompt: PRICE_FORM,
        placeholder: PRICE_EXAMPLE,
        value: typedValue(proposal),
        object: (value) => objection(problemOf(() => parsePriceText(value, STARTER_CURRENCY))),
      }),
    );
    typed.set(modelId, text);
  }
  return typed;
}

async function chooseStart(today: string): Promise<PriceStart> {
  const start = await orCancel(
    askChoice<'usual' | 'today' | 'other'>({
      title: TITLE,
      placeholder: 'From when do these prices count? Days are UTC.',
      isPersistent: true,
      items: [
        {
          label: 'From the first use',
          detail:
            'Where generations have no price; days that have one keep it. Models without such a gap: from today.',
          value: 'usual',
        },
        { label: 'From today', description: today, value: 'today' },
        { label: 'From another day…', value: 'other' },
      ],
    }),
  );
  if (start !== 'other') {
    return start;
  }
  const date = await orCancel(
    askText({
      title: TITLE,
      step: 1,
      totalSteps: 1,
      prompt: 'First day of these prices, as YYYY-MM-DD (UTC)',
      value: today,
      object: (value) => objection(dateProblem(value, today)),
    }),
  );
  return { date };
}

function dateProblem(date: string, today: string): string | undefined {
  if (utcDayOf(date) === undefined) {
    return `"${date}" is no day. Give it as YYYY-MM-DD.`;
  }
  return date > today ? 'A price cannot begin in the future.' : undefined;
}

function objection(message: string | undefined) {
  return message === undefined ? undefined : { severity: 'error' as const, message };
}

/** There is no step before. */
async function orCancel<T>(answer: Promise<T | typeof BACK>): Promise<T> {
  const given = await answer;
  if (given === BACK) {
    throw new CancelledError();
  }
  return given;
}
