import type { Analysis } from '../../store/analysis/analysisTypes';
import type { Instance } from '../../store/instances/instance';
import type { SeedCosts } from '../instances/seedFile';

/** Maps resources to instances by their names; what somebody has said of a resource stays. */
export function withSeedResources(
  analysis: Analysis,
  resources: SeedCosts['resources'],
  instances: readonly Pick<Instance, 'id' | 'name'>[],
): Analysis {
  const said = new Set(analysis.resources.map(({ resource }) => resource));
  const added = resources.flatMap(({ resource, instances: names }) => {
    const lower = resource.toLowerCase();
    const ids = instances.flatMap(({ id, name }) => (names.includes(name) ? [id] : []));
    return said.has(lower) || ids.length === 0
      ? []
      : [{ resource: lower, instances: ids, source: 'azure' as const }];
  });
  return added.length === 0 ? analysis : { ...analysis, resources: [...analysis.resources, ...added] };
}
