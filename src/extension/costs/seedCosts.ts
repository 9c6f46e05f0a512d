import { changingAnalysis } from '../../store/analysis/changingAnalysis';
import { importCosts } from '../../sync/costImport/importCosts';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import type { Core } from '../core';
import type { SeedCosts } from '../instances/seedFile';
import { withSeedResources } from './seedResources';

/**
 * Takes over costs that a start brings: an import by the product's own way, and who uses what. The same again changes nothing.
 * @throws CostFileError, AnalysisError, SyncBusyError
 */
export async function seedCosts(core: Core, { file, resources }: SeedCosts): Promise<void> {
  const { locker, openWriter, folder, instances, costs, mirror } = core;
  await withLockedWriter(
    locker,
    openWriter,
    changingAnalysis(folder.root, (analysis) => withSeedResources(analysis, resources, instances.list())),
  );
  const { rows } = await importCosts(
    { paths: [file] },
    { locker, openWriter, connections: costs.connections.list(), now: () => Date.now() },
    new AbortController().signal,
  );
  core.log.info(`${rows} rows of cost were handed over at the start`);
  await mirror.reload();
}
