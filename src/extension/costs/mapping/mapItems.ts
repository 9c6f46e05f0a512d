import * as l10n from '@vscode/l10n';
import type { MeterMapping, ResourceMapping } from '../../../store/analysis/analysisTypes';
import type { Instance } from '../../../store/instances/instance';
import { countOf } from '../../../sync/words';
import type { ChoiceItem } from '../../quickInput';
import { moneyTexts } from '../moneyText';
import type { BilledMeter, BilledResource } from './costSources';
import type { MappingDraft } from './mappingDraft';
import { DIRECTION_WORDS } from './meterWords';
import { isModelResource, mappingOf, resourceName } from './resourceMap';

/** What a line of the dialog is for. */
export type MapChoice =
  | { readonly kind: 'save' }
  | { readonly kind: 'resource'; readonly resourceId: string }
  | { readonly kind: 'meter'; readonly meter: string }
  | { readonly kind: 'deployment' }
  | { readonly kind: 'readDeployments' };

/** Everything that the dialog lists. */
export interface MapSources {
  readonly resources: readonly BilledResource[];
  readonly unknownMeters: readonly BilledMeter[];
  readonly mapped: readonly ResourceMapping[];
  readonly meters: readonly MeterMapping[];
  readonly instances: readonly Instance[];
  readonly hasConnections: boolean;
}

/** A heading with the lines below it. */
export interface MapGroup {
  readonly heading: string;
  readonly items: readonly ChoiceItem<MapChoice>[];
}

/** What has to be decided first, then what was; each by its cost. */
export function mapGroups(sources: MapSources, draft: MappingDraft): readonly MapGroup[] {
  const { resources, unknownMeters, hasConnections } = sources;
  const isSaid = ({ resourceId }: BilledResource): boolean =>
    draft.served.has(resourceId) || mappingOf(resourceId, sources.mapped) !== undefined;
  const open = resources.filter((resource) => !isSaid(resource));
  const changes = draft.served.size + draft.meters.size + draft.deployments.length;
  const groups: readonly MapGroup[] = [
    {
      heading: l10n.t('Changes'),
      items:
        changes === 0
          ? []
          : [
              {
                label: `$(check) ${l10n.t('Save {0}', countOf(changes, 'change'))}`,
                value: { kind: 'save' },
              },
            ],
    },
    {
      heading: l10n.t('Resources of models without an instance'),
      items: open
        .filter(({ resourceId }) => isModelResource(resourceId))
        .map((each) => resourceItem(each, sources, draft)),
    },
    {
      heading: l10n.t('Unknown meters'),
      items: unknownMeters.map((meter) => meterItem(meter, sources, draft)),
    },
    {
      heading: l10n.t('Other resources without an instance'),
      items: open
        .filter(({ resourceId }) => !isModelResource(resourceId))
        .map((each) => resourceItem(each, sources, draft)),
    },
    {
      heading: l10n.t('Mapped resources'),
      items: resources.filter(isSaid).map((each) => resourceItem(each, sources, draft)),
    },
    {
      heading: l10n.t('Deployments'),
      items: [
        ...(hasConnections
          ? [
              {
                label: `$(refresh) ${l10n.t('Read Deployments From Azure')}`,
                detail: l10n.t('Needs the role Reader.'),
                value: { kind: 'readDeployments' } as const,
              },
            ]
          : []),
        { label: `$(add) ${l10n.t('Describe a Deployment...')}`, value: { kind: 'deployment' } as const },
      ],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function resourceItem(
  { resourceId, amounts }: BilledResource,
  { mapped, instances }: MapSources,
  { served }: MappingDraft,
): ChoiceItem<MapChoice> {
  const { name, place } = resourceName(resourceId);
  const ids = served.get(resourceId) ?? mappingOf(resourceId, mapped)?.instances;
  return {
    label: name,
    description: [moneyTexts(amounts), place].filter((part) => part !== '').join(' · '),
    ...(ids === undefined ? {} : { detail: servedText(ids, instances) }),
    value: { kind: 'resource', resourceId },
  };
}

/** `serves alpha, beta`, `serves no instance` */
function servedText(ids: readonly number[], instances: readonly Instance[]): string {
  const names = ids.map((id) => instances.find((instance) => instance.id === id)?.name ?? `#${id}`);
  return ids.length === 0 ? l10n.t('serves no instance') : l10n.t('serves {0}', names.join(', '));
}

function meterItem(
  { meter, amounts }: BilledMeter,
  { meters }: MapSources,
  draft: MappingDraft,
): ChoiceItem<MapChoice> {
  const mapping = draft.meters.get(meter) ?? meters.find((each) => each.meter === meter);
  return {
    label: meter,
    description: moneyTexts(amounts),
    ...(mapping === undefined ? {} : { detail: meterText(mapping) }),
    value: { kind: 'meter', meter },
  };
}

function meterText({ direction, models }: MeterMapping): string {
  const of = models === undefined ? l10n.t('all models of its resource') : models.join(', ');
  return `${DIRECTION_WORDS[direction]} · ${of}`;
}
