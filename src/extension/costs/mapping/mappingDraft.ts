import type { Analysis, DeploymentMapping, MeterMapping } from '../../../store/analysis/analysisTypes';
import { withResources } from './mappedAnalysis';

/** What a person has said and not saved yet. */
export interface MappingDraft {
  /** Instances by resource; none: it serves no instance. */
  readonly served: ReadonlyMap<string, readonly number[]>;
  readonly meters: ReadonlyMap<string, MeterMapping>;
  readonly deployments: readonly DeploymentMapping[];
}

export const NO_MAPPINGS: MappingDraft = { served: new Map(), meters: new Map(), deployments: [] };

/** The analysis with the draft in it, in place of what it said of the same resources, meters and deployments. */
export function withMappings(analysis: Analysis, { served, meters, deployments }: MappingDraft): Analysis {
  const isSaidAnew = (known: DeploymentMapping): boolean =>
    deployments.some(
      ({ resource, deployment }) => resource === known.resource && deployment === known.deployment,
    );
  return {
    ...withResources(analysis, served),
    meters: [...analysis.meters.filter(({ meter }) => !meters.has(meter)), ...meters.values()],
    deployments: [...analysis.deployments.filter((known) => !isSaidAnew(known)), ...deployments],
  };
}
