import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { loadAnalysis } from '../../../store/analysis/analysisFile';
import { changingAnalysis } from '../../../store/analysis/changingAnalysis';
import type { Core } from '../../core';
import { CancelledError } from '../../errors';
import { changeWithWriter, endRunningSyncs } from '../../mirrorChanges';
import { askChoice, askMany, BACK, type ChoiceItem } from '../../quickInput';
import { servedItems, servedOf, type ServedChoice } from '../connect/mapQuestions';
import { readBilledResources, readUnknownMeters } from './costSources';
import { askDeployment } from './deploymentQuestions';
import { mapGroups, type MapChoice, type MapGroup, type MapSources } from './mapItems';
import { NO_MAPPINGS, withMappings, type MappingDraft } from './mappingDraft';
import { askMeter } from './meterQuestions';
import { readDeployments } from './readDeployments';
import { mappingOf, resourceName } from './resourceMap';

const commandTitle = (): string => l10n.t('Map Azure Resources');

/**
 * Lists resources and unknown meters by their cost and asks what they are for; what is saved spreads the costs anew.
 * @throws CancelledError when the user backs out: nothing is kept then. SyncBusyError, NoDatabaseError
 */
export async function mapAzureResources(core: Core): Promise<void> {
  const sources = await readSources(core);
  let draft = NO_MAPPINGS;
  for (;;) {
    const choice = await choose(mapGroups(sources, draft));
    if (choice.kind === 'save') {
      await save(core, draft);
      return;
    }
    if (choice.kind === 'readDeployments') {
      await readDeployments(core);
    } else {
      draft = await answered(choice, sources, draft);
    }
  }
}

async function readSources(core: Core): Promise<MapSources> {
  const { reader, instances, costs, folder } = core;
  const { resources: mapped, meters } = await loadAnalysis(folder.root);
  const resources = await readBilledResources(reader);
  const unknownMeters = await readUnknownMeters(reader);
  if (resources.length === 0) {
    throw new Error(l10n.t('No cost is known yet. Run Sync Azure Cost or Import Cost File first.'));
  }
  return {
    resources,
    unknownMeters,
    mapped,
    meters,
    instances: instances.list(),
    hasConnections: costs.connections.list().length > 0,
  };
}

async function choose(groups: readonly MapGroup[]): Promise<MapChoice> {
  const items = groups.flatMap(({ heading, items: lines }): readonly ChoiceItem<MapChoice>[] => [
    // A separator cannot be chosen: its value is never seen.
    { label: heading, kind: vscode.QuickPickItemKind.Separator, value: { kind: 'save' } },
    ...lines,
  ]);
  const choice = await askChoice<MapChoice>({
    title: commandTitle(),
    placeholder: l10n.t('What shall be mapped? Largest cost first; nothing is kept before you save.'),
    items,
    isPersistent: true,
  });
  if (choice === BACK) {
    throw new CancelledError();
  }
  return choice;
}

async function answered(
  choice: Exclude<MapChoice, { kind: 'save' } | { kind: 'readDeployments' }>,
  sources: MapSources,
  draft: MappingDraft,
): Promise<MappingDraft> {
  if (choice.kind === 'meter') {
    const before =
      draft.meters.get(choice.meter) ?? sources.meters.find(({ meter }) => meter === choice.meter);
    const mapping = await askMeter(choice.meter, before);
    return { ...draft, meters: new Map([...draft.meters, [choice.meter, mapping]]) };
  }
  if (choice.kind === 'deployment') {
    return { ...draft, deployments: [...draft.deployments, await askDeployment()] };
  }
  return askServed(choice.resourceId, sources, draft);
}

async function askServed(
  resourceId: string,
  { mapped, instances }: MapSources,
  draft: MappingDraft,
): Promise<MappingDraft> {
  const before = draft.served.get(resourceId) ?? mappingOf(resourceId, mapped)?.instances;
  const chosen = await askMany<ServedChoice>({
    title: commandTitle(),
    hasBack: true,
    placeholder: l10n.t(
      'Which instances does {0} serve? Several share its cost by their tokens.',
      resourceName(resourceId).name,
    ),
    items: servedItems(instances, before),
  });
  const served = chosen === BACK ? undefined : servedOf(chosen);
  return served === undefined
    ? draft
    : { ...draft, served: new Map([...draft.served, [resourceId, served]]) };
}

async function save(core: Core, draft: MappingDraft): Promise<void> {
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Spreading costs'),
    changingAnalysis(core.folder.root, (analysis) => withMappings(analysis, draft)),
  );
  await core.mirror.reload();
}
