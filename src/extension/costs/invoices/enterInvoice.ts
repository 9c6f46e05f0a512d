import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Analysis, InvoiceEntry } from '../../../store/analysis/analysisTypes';
import { loadAnalysis } from '../../../store/analysis/analysisFile';
import { changingAnalysis } from '../../../store/analysis/changingAnalysis';
import { withInvoice } from '../../../store/analysis/costEdits';
import { problemOf } from '../../../store/costs/costEntries';
import type { CostScope } from '../../../store/costs/costTypes';
import type { Core } from '../../core';
import { changeWithWriter, endRunningSyncs } from '../../mirrorChanges';
import { askChoice, askText, BACK, refusal, type Back } from '../../quickInput';
import { askSteps, type StepAnswer, type StepQuestion } from '../connect/steps';
import { moneyText } from '../moneyText';
import { commandAction } from '../presentCosts';
import { invoiceOf, lastMonth, type InvoiceDraft } from './invoiceDraft';
import { parseMoney, parseMonth, parsePart } from './invoiceText';

/**
 * Asks what an invoice came to and what it holds beside the costs by meter; the reconciliation compares it with the month's
 * actual cost. @throws CancelledError, SyncBusyError, CostEntryError
 */
export async function enterInvoice(core: Core): Promise<void> {
  const { invoices } = await loadAnalysis(core.folder.root);
  const scopes = core.mirror.status.costs ?? [];
  const start: InvoiceDraft = { month: lastMonth(Date.now()) };
  const draft = await askSteps<InvoiceDraft>(
    {
      title: l10n.t('Enter Invoice'),
      questionsFor: () => [
        askMonth,
        ...(scopes.length > 1 ? [askScope(scopes)] : []),
        askAmount(invoices),
        askPart('tax', l10n.t('Tax in it. Leave it empty where there is none.')),
        askPart(
          'credits',
          l10n.t('Credits that were set off, as a positive amount. Leave it empty for none.'),
        ),
        askPart('support', l10n.t('Support plans in it. Leave it empty for none.')),
        askPart('otherScopes', l10n.t('Scopes in it that are not read here. Leave it empty for none.')),
      ],
    },
    start,
  );
  const invoice = invoiceOf(draft);
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Keeping the invoice'),
    changingAnalysis(core.folder.root, (analysis: Analysis) => withInvoice(analysis, invoice)),
  );
  await core.mirror.reload();
  void tellKept(invoice);
}

async function tellKept({ month, amount, currency }: InvoiceEntry): Promise<void> {
  const text = l10n.t('The invoice of {0} is kept: {1}.', month, moneyText(amount, currency));
  const action = commandAction(l10n.t('Open Cost Report'), 'openwebuiSync.openCostReport');
  if ((await vscode.window.showInformationMessage(text, action.label)) !== undefined) {
    await action.run();
  }
}

const askMonth: StepQuestion<InvoiceDraft> = (draft, place) =>
  toAnswer(
    askText({
      ...place,
      prompt: l10n.t('Month of the invoice'),
      placeholder: 'YYYY-MM',
      value: draft.month,
      object: (text) => refusal(problemOf(() => parseMonth(text))),
    }),
    (text) => ({ month: parseMonth(text) }),
  );

function askScope(scopes: readonly CostScope[]): StepQuestion<InvoiceDraft> {
  return async (draft, place) => {
    const scope = await askChoice<string>({
      ...place,
      placeholder: l10n.t('Which scope is it for?'),
      items: [
        { label: l10n.t('All scopes in its currency'), value: '' },
        ...scopes.map((item) => ({ label: item.name, description: item.scope, value: item.scope })),
      ],
      active: draft.scope ?? '',
    });
    return scope === BACK ? BACK : { draft: { scope: scope === '' ? undefined : scope } };
  };
}

/** @param invoices what was entered before: of the same month and scope it is offered again */
function askAmount(invoices: readonly InvoiceEntry[]): StepQuestion<InvoiceDraft> {
  return (draft, place) => {
    const before = invoices.find(({ month, scope }) => month === draft.month && scope === draft.scope);
    const { money = before } = draft;
    return toAnswer(
      askText({
        ...place,
        prompt: l10n.t('Total of the invoice with its currency'),
        placeholder: '1234.56 EUR',
        value: money === undefined ? '' : `${money.amount} ${money.currency}`,
        object: (text) => refusal(problemOf(() => parseMoney(text))),
      }),
      (text) => ({ money: parseMoney(text) }),
    );
  };
}

function askPart(
  part: 'tax' | 'credits' | 'support' | 'otherScopes',
  prompt: string,
): StepQuestion<InvoiceDraft> {
  return (draft, place) =>
    toAnswer(
      askText({
        ...place,
        prompt: `${prompt} (${draft.money?.currency ?? ''})`,
        value: draft[part] === undefined ? '' : String(draft[part]),
        object: (text) => refusal(problemOf(() => parsePart(text))),
      }),
      (text) => ({ [part]: parsePart(text) }),
    );
}

async function toAnswer(
  question: Promise<string | Back>,
  use: (text: string) => Partial<InvoiceDraft>,
): Promise<StepAnswer<InvoiceDraft> | Back> {
  const text = await question;
  return text === BACK ? BACK : { draft: use(text) };
}
