import type { Analysis } from '../../store/analysis/analysisTypes';
import { plainScope } from '../../store/costs/costScope';
import type { Instance } from '../../store/instances/instance';
import type { SeedCosts } from '../instances/seedFile';

/** Maps resources to instances by their names; what somebody has said of a resource stays. */
export function withSeedResources(
  analysis: Analysis,
  resources: SeedCosts['resources'],
  instances: readonly Pick<Instance, 'id' | 'name'>[],
): Analysis {
  const said = new Set(analysis.resources.map(({ resource }) => plainScope(resource)));
  const added = resources.flatMap(({ resource, instances: names }) => {
    const id = plainScope(resource);
    const ids = instances.flatMap(({ id, name }) => (names.includes(name) ? [id] : []));
    return said.has(id) || ids.length === 0
      ? []
      : [{ resource: id, instances: ids, source: 'azure' as const }];
  });
  return added.length === 0 ? analysis : { ...analysis, resources: [...analysis.resources, ...added] };
}
