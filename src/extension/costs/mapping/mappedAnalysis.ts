import type { Analysis, DeploymentMapping } from '../../../store/analysis/analysisTypes';
import { withResource } from '../../../store/analysis/costEdits';
import { plainScope } from '../../../store/costs/costScope';
import type { AzureDeployment } from '../../../sync/azure/azureModule';

/** The analysis with what a person said of resources, in place of what it said of them before. */
export function withResources(analysis: Analysis, served: ReadonlyMap<string, readonly number[]>): Analysis {
  return [...served].reduce(
    (said, [resource, instances]) => withResource(said, { resource, instances, source: 'admin' }),
    analysis,
  );
}

/**
 * The analysis with what Azure says of deployments. What a person said stays, and so does what Azure said before of those
 * that were renamed or removed since: their days were billed.
 */
export function withDeployments(analysis: Analysis, deployments: readonly AzureDeployment[]): Analysis {
  const isSaid = new Set(analysis.deployments.filter(({ source }) => source === 'admin').map(keyOf));
  const found = deployments
    .map(({ resourceId, name, model, version }): DeploymentMapping => ({
      resource: plainScope(resourceId),
      deployment: name,
      model,
      ...(version === '' ? {} : { version }),
      source: 'azure',
    }))
    .filter((mapping) => !isSaid.has(keyOf(mapping)));
  const isFound = new Set(found.map(keyOf));
  const kept = analysis.deployments.filter((mapping) => !isFound.has(keyOf(mapping)));
  return { ...analysis, deployments: [...kept, ...found] };
}

function keyOf({ resource, deployment }: DeploymentMapping): string {
  return JSON.stringify([resource, deployment]);
}
