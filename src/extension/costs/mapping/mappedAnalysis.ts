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
 * The analysis with what Azure says of deployments. What a person said stays; what Azure said before of the same resources
 * goes, since deployments are removed there.
 * @param resources ids as analysis.json has them: lower case, no slash at their ends
 */
export function withDeployments(
  analysis: Analysis,
  resources: ReadonlySet<string>,
  deployments: readonly AzureDeployment[],
): Analysis {
  const kept = analysis.deployments.filter(
    ({ resource, source }) => source === 'admin' || resource === undefined || !resources.has(resource),
  );
  const isSaid = new Set(kept.map(keyOf));
  const found = deployments
    .map(({ resourceId, name, model, version }): DeploymentMapping => ({
      resource: plainScope(resourceId),
      deployment: name,
      model,
      ...(version === '' ? {} : { version }),
      source: 'azure',
    }))
    .filter((mapping) => !isSaid.has(keyOf(mapping)));
  return { ...analysis, deployments: [...kept, ...found] };
}

function keyOf({ resource, deployment }: DeploymentMapping): string {
  return JSON.stringify([resource, deployment]);
}
