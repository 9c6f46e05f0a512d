import * as l10n from '@vscode/l10n';
import type { CurrencyTotal } from '../../../store/costs/costTypes';
import { amountOfE8 } from '../../../store/costs/e8';
import { AzureSignInError } from '../../../sync/azure/azureErrors';
import type { AzureAccount } from '../../../sync/azure/azureModule';
import { sentenceOf } from '../../errors';
import { askChoice, askText, BACK, type ChoiceItem } from '../../quickInput';
import { moneyTexts } from '../moneyText';
import { askAzure, wasCancelled } from './askAzure';
import { accountsIn, subscriptionsOf, type ChosenScope, type ConnectDraft } from './connectDraft';
import type { ConnectSession } from './connectSession';
import type { StepQuestion } from './steps';

/** Asks for a tag whose values are kept. */
export const askTag: StepQuestion<ConnectDraft> = async (draft, place) => {
  const typed = await askText({
    ...place,
    prompt: l10n.t('Name of a tag whose values are kept with the costs. Leave it empty for none.'),
    placeholder: l10n.t('for example {0}', 'cost-center'),
    value: draft.tag,
  });
  if (typed === BACK) {
    return BACK;
  }
  const tag = typed.trim();
  return { draft: { tag: tag === '' ? undefined : tag } };
};

interface ScopeTest {
  readonly scope: ChosenScope;
  readonly result: readonly CurrencyTotal[] | Error;
}

/** Asks Azure what each scope cost this month, the least query there is, and shows the answer before anything is kept. */
export function askTest(session: ConnectSession): StepQuestion<ConnectDraft> {
  return async (draft, place) => {
    for (;;) {
      const tests = await testScopes(session, draft);
      const failures = tests.flatMap(({ result }) => (result instanceof Error ? [result] : []));
      const chosen = await askChoice<'connect' | 'retry'>({
        ...place,
        placeholder:
          failures.length === 0
            ? l10n.t('Azure answered. Connect?')
            : l10n.t('Azure did not answer as it should: {0}', sentenceOf(failures[0])),
        items: [...goOnItems(tests, failures)],
      });
      if (chosen === BACK) {
        return BACK;
      }
      if (chosen === 'connect') {
        return { draft: await accountsOf(session, draft) };
      }
    }
  };
}

function goOnItems(
  tests: readonly ScopeTest[],
  failures: readonly Error[],
): readonly ChoiceItem<'connect' | 'retry'>[] {
  const detail = tests.map(testText).join(' · ');
  if (failures.length === 0) {
    return [{ label: `$(check) ${l10n.t('Connect')}`, detail, value: 'connect' }];
  }
  const retry = { label: `$(refresh) ${l10n.t('Try Again')}`, detail, value: 'retry' as const };
  const anyway = {
    label: `$(warning) ${l10n.t('Connect Anyway')}`,
    detail: l10n.t('The first cost sync tries again.'),
    value: 'connect' as const,
  };
  return failures.some((failure) => failure instanceof AzureSignInError) ? [retry] : [retry, anyway];
}

/** `Production: 1,234.56 EUR so far this month` */
function testText({ scope, result }: ScopeTest): string {
  if (result instanceof Error) {
    return l10n.t('{0}: {1}', scope.name, sentenceOf(result));
  }
  const amounts = result.map(({ costE8, currency }) => ({ amount: amountOfE8(costE8), currency }));
  return amounts.length === 0
    ? l10n.t('{0}: no cost so far this month', scope.name)
    : l10n.t('{0}: {1} so far this month', scope.name, moneyTexts(amounts));
}

async function testScopes(session: ConnectSession, draft: ConnectDraft): Promise<readonly ScopeTest[]> {
  const tested = await askAzure(l10n.t('Asking Azure what this month cost'), async (signal) => {
    const tests: ScopeTest[] = [];
    for (const scope of draft.scopes ?? []) {
      const result = await session
        .costClient(scope.scope, draft)
        .monthToDate(signal)
        .catch((error: unknown) => {
          if (wasCancelled(error) || !(error instanceof Error)) {
            throw error;
          }
          return error;
        });
      tests.push({ scope, result });
    }
    return tests;
  });
  if ('failure' in tested) {
    throw tested.failure;
  }
  return tested.value;
}

/** What the scopes hold, where it may be listed; where not, it is mapped after the first sync. */
async function accountsOf(
  session: ConnectSession,
  draft: ConnectDraft,
): Promise<Pick<ConnectDraft, 'accounts'>> {
  const scopes = draft.scopes ?? [];
  const listed = await askAzure(l10n.t('Listing Azure OpenAI and AI Foundry resources'), async (signal) => {
    const accounts: AzureAccount[] = [];
    for (const id of subscriptionsOf(scopes)) {
      accounts.push(...(await session.directory(draft).accounts(id, signal)));
    }
    return accounts;
  });
  return 'failure' in listed ? {} : { accounts: accountsIn(listed.value, scopes) };
}
