import { recordExport, type ExportEntry } from '../../store/exportLedger/exportLedger';
import { detailOf } from '../errors';
import type { Services } from '../services';

/**
 * Notes what was exported, so that an erasure and a stricter privacy mode can name it. The export is there whether or not that
 * goes well: a failure goes to the log.
 * @param instances `instances.id` of those whose rows it holds; absent: all
 */
export async function noteExport(
  { folder, instances, log }: Pick<Services, 'folder' | 'instances' | 'log'>,
  entry: Pick<ExportEntry, 'path' | 'format' | 'kind' | 'isPseudonymised'>,
  of?: readonly number[],
): Promise<void> {
  try {
    await recordExport(folder.root, {
      ...entry,
      instances: of ?? instances.list().map(({ id }) => id),
      at: Math.floor(Date.now() / 1000),
    });
  } catch (error) {
    log.error(`The export to ${entry.path} could not be noted: ${detailOf(error)}`);
  }
}
