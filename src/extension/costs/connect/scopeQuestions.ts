import * as l10n from '@vscode/l10n';
import type { CostConnection } from '../../../store/costs/costConnection';
import type { AzureSubscription } from '../../../sync/azure/azureModule';
import { normaliseScope } from '../../../sync/azure/scopes';
import { askChoice, askMany, askText, BACK, type Back, type ChoiceItem } from '../../quickInput';
import { askAzure } from './askAzure';
import { suggestScopeName, type ChosenScope, type ConnectDraft } from './connectDraft';
import type { ConnectSession } from './connectSession';
import { objectToScope, overlapText } from './scopeObjection';
import { leastRole, retryItem } from './signInQuestions';
import type { Place, StepAnswer, StepQuestion } from './steps';

type ScopeChoice = AzureSubscription | 'several' | 'type' | 'retry';

/**
 * Asks what costs are read of: subscriptions that are listed, or a scope that is typed. Who may list nothing types.
 * @param connected what is read already
 */
export function askScopes(
  session: ConnectSession,
  connected: readonly CostConnection[],
): StepQuestion<ConnectDraft> {
  return async (draft, place) => {
    for (;;) {
      const listed = await askAzure(l10n.t('Listing subscriptions'), (signal) =>
        session.directory(draft).subscriptions(signal),
      );
      const failure = 'failure' in listed ? listed.failure : undefined;
      const subscriptions = 'failure' in listed ? [] : listed.value;
      const free = subscriptions.filter(({ id }) => !isConnected(scopeOf(id), connected));
      const chosen = await askChoice<ScopeChoice>({
        ...place,
        placeholder: placeholderOf(subscriptions.length, free.length, failure),
        items: scopeItems(free, connected, failure),
        active: activeChoice(draft, free),
      });
      if (chosen === BACK) {
        return BACK;
      }
      if (chosen === 'retry') {
        continue;
      }
      const answer = await answerOf(chosen, draft, free, connected, place);
      if (answer !== BACK) {
        return answer;
      }
    }
  };
}

/** What was chosen before, where somebody comes back. */
function activeChoice(
  { scopes = [], isTyped }: ConnectDraft,
  free: readonly AzureSubscription[],
): ScopeChoice | undefined {
  const [first] = scopes;
  if (isTyped === true) {
    return 'type';
  }
  return scopes.length > 1 ? 'several' : free.find(({ id }) => scopeOf(id) === first?.scope);
}

async function answerOf(
  chosen: AzureSubscription | 'several' | 'type',
  draft: ConnectDraft,
  free: readonly AzureSubscription[],
  connected: readonly CostConnection[],
  place: Place,
): Promise<StepAnswer<ConnectDraft> | Back> {
  if (chosen === 'type') {
    const typed = await typeScope(draft, connected, place);
    return typed === BACK ? BACK : { draft: { scopes: [typed], isTyped: true } };
  }
  const picked = chosen === 'several' ? await askSeveral(draft, free, connected, place) : [chosen];
  return picked === BACK || picked.length === 0
    ? BACK
    : { draft: { scopes: picked.map(scopeOfSubscription), isTyped: false } };
}

function placeholderOf(listed: number, free: number, failure: unknown): string {
  if (failure !== undefined) {
    return l10n.t('The subscriptions could not be listed. Type the scope, or try again.');
  }
  if (listed === 0) {
    return l10n.t('No subscription is listed: that needs the role Reader. Type the scope. {0}', leastRole());
  }
  return free === 0
    ? l10n.t('All subscriptions that are listed are connected. Type another scope?')
    : l10n.t('Which costs shall be read?');
}

function scopeItems(
  free: readonly AzureSubscription[],
  connected: readonly CostConnection[],
  failure: unknown,
): readonly ChoiceItem<ScopeChoice>[] {
  return [
    ...free.map((subscription) => subscriptionItem(subscription, connected)),
    ...(free.length < 2
      ? []
      : [{ label: `$(checklist) ${l10n.t('Several Subscriptions...')}`, value: 'several' as const }]),
    {
      label: `$(edit) ${l10n.t('Type a Scope...')}`,
      detail: l10n.t(
        'A resource group, management group, billing account, billing profile or invoice section.',
      ),
      value: 'type',
    },
    ...(failure === undefined ? [] : [retryItem(failure)]),
  ];
}

function subscriptionItem(
  subscription: AzureSubscription,
  connected: readonly CostConnection[],
): ChoiceItem<AzureSubscription> {
  const detail = overlapText(scopeOf(subscription.id), connected);
  return {
    label: subscription.name,
    description: subscription.id,
    ...(detail === undefined ? {} : { detail: `$(warning) ${detail}` }),
    value: subscription,
  };
}

function askSeveral(
  { scopes = [] }: ConnectDraft,
  free: readonly AzureSubscription[],
  connected: readonly CostConnection[],
  place: Place,
): Promise<readonly AzureSubscription[] | Back> {
  return askMany({
    ...place,
    hasBack: true,
    placeholder: l10n.t('Which subscriptions? Each is read by itself.'),
    items: free.map((subscription) => ({
      ...subscriptionItem(subscription, connected),
      picked: scopes.some(({ scope }) => scope === scopeOf(subscription.id)),
    })),
  });
}

async function typeScope(
  { isTyped, scopes = [] }: ConnectDraft,
  connected: readonly CostConnection[],
  place: Place,
): Promise<ChosenScope | Back> {
  const typed = await askText({
    ...place,
    hasBack: true,
    prompt: l10n.t('Scope, as the portal shows it in Properties > Resource ID. {0}', leastRole()),
    placeholder: 'subscriptions/<id>/resourceGroups/<name>',
    value: isTyped === true ? scopes[0]?.scope : '',
    object: (text) => objectToScope(text, connected),
  });
  if (typed === BACK) {
    return BACK;
  }
  const scope = normaliseScope(typed);
  return { scope, name: suggestScopeName(scope) };
}

function isConnected(scope: string, connected: readonly CostConnection[]): boolean {
  return connected.some((connection) => connection.scope === scope);
}

function scopeOf(subscriptionId: string): string {
  return normaliseScope(subscriptionId);
}

function scopeOfSubscription({ id, name }: AzureSubscription): ChosenScope {
  return { scope: scopeOf(id), name };
}
