import * as l10n from '@vscode/l10n';
import type { ResourceMapping } from '../../../store/analysis/analysisTypes';
import type { Instance } from '../../../store/instances/instance';
import type { AzureAccount } from '../../../sync/azure/azureModule';
import { askMany, BACK, type ChoiceItem } from '../../quickInput';
import type { ConnectDraft } from './connectDraft';
import type { StepQuestion } from './steps';

/** Serves no instance; what is marked beside it does not count. */
export const NO_INSTANCE = 'none';

export type ServedChoice = number | typeof NO_INSTANCE;

/** One question for each resource that was found, as long as there are instances to serve. */
export function mapQuestions(
  { accounts = [] }: ConnectDraft,
  instances: readonly Instance[],
  mapped: readonly ResourceMapping[],
): readonly StepQuestion<ConnectDraft>[] {
  return instances.length === 0
    ? []
    : accounts.map((account) => askServed(account, instances, accounts.length, mapped));
}

function askServed(
  account: AzureAccount,
  instances: readonly Instance[],
  resources: number,
  mapped: readonly ResourceMapping[],
): StepQuestion<ConnectDraft> {
  const { resourceId, name, kind, location } = account;
  return async (draft, place) => {
    const before =
      draft.served?.get(resourceId) ?? mapped.find(({ resource }) => resource === resourceId)?.instances;
    const chosen = await askMany<ServedChoice>({
      ...place,
      placeholder: l10n.t(
        'Which instances does {0} ({1}, {2}) serve? Several share its cost by their tokens. None marked: decide later.',
        name,
        kind,
        location,
      ),
      items: servedItems(
        instances,
        before ?? (isOnlyPair(instances, resources) ? [instances[0].id] : undefined),
      ),
    });
    if (chosen === BACK) {
      return BACK;
    }
    const served = new Map(draft.served ?? []);
    const answer = servedOf(chosen);
    if (answer === undefined) {
      served.delete(resourceId);
    } else {
      served.set(resourceId, answer);
    }
    return { draft: { served } };
  };
}

/** @param before what was said before; empty: it serves no instance; undefined: nothing */
export function servedItems(
  instances: readonly Instance[],
  before: readonly number[] | undefined,
): readonly ChoiceItem<ServedChoice>[] {
  return [
    ...instances.map(({ id, name, url }) => ({
      label: name,
      description: url,
      picked: before?.includes(id) === true,
      value: id,
    })),
    {
      label: `$(circle-slash) ${l10n.t('Serves No Instance')}`,
      picked: before?.length === 0,
      value: NO_INSTANCE,
    },
  ];
}

/** What was marked, as a mapping has it; undefined: nothing was. */
export function servedOf(chosen: readonly ServedChoice[]): readonly number[] | undefined {
  const ids = chosen.filter((choice) => choice !== NO_INSTANCE);
  return chosen.length === 0 ? undefined : ids.length === chosen.length ? ids : [];
}

/** One resource and one instance: most likely they belong together. */
function isOnlyPair(instances: readonly Instance[], resources: number): instances is readonly [Instance] {
  return instances.length === 1 && resources === 1;
}
