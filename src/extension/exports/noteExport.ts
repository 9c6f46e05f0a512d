import type { ReportModel } from '../../reports/reportModel';
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

/** Notes what holds rows of a report: of the instances that it is of. */
export function noteReport(
  services: Parameters<typeof noteExport>[0],
  { scope }: Pick<ReportModel, 'scope'>,
  entry: Omit<Parameters<typeof noteExport>[1], 'kind'>,
): Promise<void> {
  const { kind } = scope;
  const instances =
    kind === 'all' ? undefined : kind === 'instances' ? scope.instanceIds : [scope.instanceId];
  return noteExport(services, { ...entry, kind: 'report' }, instances);
}
