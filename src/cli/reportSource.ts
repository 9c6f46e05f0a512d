import { Option } from 'commander';
import type { ReadWarehouse } from '../reports/reportRequest';
import { loadInstances } from '../store/instances/instancesFile';
import { rowsOf, type ReportReader } from '../store/resultSet';
import { abortable } from '../sync/abortable';
import { loadWarehouse } from '../warehouse/loadWarehouse';
import type { Warehouse, WarehouseReader } from '../warehouse/warehouseTypes';
import type { NamedInstance } from './chooseInstances';
import type { DataOption } from './commands/dataOption';
import { existingDataFolder } from './dataFolder';
import { followAnalysis } from './followAnalysis';
import type { Terminal } from './terminal';
import { chosenWarehouse, passwordOf } from './warehouses';
import { withReader } from './workers';

/** The option of commands that can read a warehouse. */
export interface SourceOption extends DataOption {
  readonly source?: string;
}

/** `--source NAME`; a new one for each command. */
export function sourceOption(): Option {
  return new Option(
    '--source <warehouse>',
    'from this warehouse, as it was pushed last (default: the local database)',
  );
}

/** What reports are made of. */
export interface ReportSource {
  readonly reader: ReportReader;
  /** Those that a report can be asked of. */
  readonly instances: readonly NamedInstance[];
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  /** Absent: the mirror. */
  readonly warehouse?: ReadWarehouse;
  /** Before numbers are read: lets the database follow an analysis.json that was changed. A warehouse follows with a push. */
  readonly prepare: () => Promise<void>;
}

/**
 * Reads from the mirror, or from the warehouse that was named. That one says itself which instances it has: no mirror has to
 * be on this machine.
 * @throws CliError, WarehouseError; the signal's reason when cancelled
 */
export async function withReportSource<T>(
  { data, source }: SourceOption,
  terminal: Terminal,
  read: (source: ReportSource) => Promise<T>,
): Promise<T> {
  const folder = existingDataFolder(data, terminal.env);
  if (source !== undefined) {
    return withWarehouse(folder, source, terminal, read);
  }
  const { instances, zone } = await loadInstances(folder);
  const prepare = (): Promise<void> => followAnalysis(folder, terminal);
  return withReader(folder, (reader) => read({ reader, instances, zone, prepare }), terminal.signal);
}

async function withWarehouse<T>(
  folder: string,
  typed: string,
  { env, signal }: Terminal,
  read: (source: ReportSource) => Promise<T>,
): Promise<T> {
  const warehouse = await chosenWarehouse(folder, typed);
  const password = passwordOf(warehouse, env);
  const reader = await openReader(warehouse, password, signal);
  try {
    const instances = await instancesIn(reader);
    const { zone, pushedAt } = reader;
    return await abortable(
      () =>
        read({
          ...{ reader, instances, zone },
          warehouse: { name: warehouse.name, pushedAt },
          prepare: () => Promise.resolve(),
        }),
      signal,
    );
  } finally {
    reader.dispose();
  }
}

/** One that opens although nobody waits for it any more is closed: its connection would keep the process. */
async function openReader(
  warehouse: Warehouse,
  password: string | undefined,
  signal: AbortSignal,
): Promise<WarehouseReader> {
  let opening: Promise<WarehouseReader> | undefined;
  try {
    return await abortable(
      () => (opening = loadWarehouse(__dirname).openWarehouseReader(warehouse, password)),
      signal,
    );
  } catch (error) {
    opening?.then(
      (late) => late.dispose(),
      () => undefined,
    );
    throw error;
  }
}

async function instancesIn(reader: ReportReader): Promise<readonly NamedInstance[]> {
  const rows = rowsOf(await reader.query('SELECT id, name FROM instances WHERE is_deleted = 0 ORDER BY id'));
  return rows.map(({ id, name }) => ({ id: Number(id), name: String(name) }));
}
