import type { Analysis, DeploymentMapping, MeterMapping } from '../../../store/analysis/analysisTypes';
import { withDeployment, withMeter } from '../../../store/analysis/costEdits';
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
  const withMeters = [...meters.values()].reduce(withMeter, withResources(analysis, served));
  return deployments.reduce(withDeployment, withMeters);
}
