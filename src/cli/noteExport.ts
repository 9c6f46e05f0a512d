import { toError } from '../store/errors';
import { recordExport, type ExportEntry } from '../store/exportLedger/exportLedger';
import { loadInstances } from '../store/instances/instancesFile';
import type { Terminal } from './terminal';

/**
 * Notes what was exported from a data folder, so that an erasure and a stricter privacy mode can name it. The export is there
 * whether or not that goes well: a failure is told and fails nothing.
 * @param of `instances.id` of those whose rows it holds; absent: all
 */
export async function noteExport(
  folder: string,
  entry: Pick<ExportEntry, 'path' | 'format' | 'kind' | 'isPseudonymised'>,
  { err }: Terminal,
  of?: readonly number[],
): Promise<void> {
  try {
    const instances = of ?? (await loadInstances(folder)).instances.map(({ id }) => id);
    await recordExport(folder, { ...entry, instances, at: Math.floor(Date.now() / 1000) });
  } catch (error) {
    err(`The export could not be noted: ${toError(error).message}\n`);
  }
}
