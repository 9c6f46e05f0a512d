import { join } from 'node:path';
import type { ReportReader } from '../../store/resultSet';
import { localTimeIn } from '../../store/localTime';
import { buildReport } from '../buildReport';
import { openingSettings, type ReportDefinition } from '../reportDefinition';
import type { ReadWarehouse } from '../reportRequest';
import type { ReportScope } from '../reportSettings';
import { NoReportDataError } from '../sources';
import type { ReportExporter } from './exporter';
import { exportFileName } from './fileName';
import type { IndexEntry, IndexGroup } from './indexPage';

export interface ExportAllRequest {
  readonly reader: ReportReader;
  readonly exporter: Pick<ReportExporter, 'write' | 'writeIndex'>;
  readonly reports: readonly ReportDefinition[];
  readonly instances: readonly { readonly id: number; readonly name: string }[];
  /** Gets a folder of the day. */
  readonly folder: string;
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  readonly locale: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** The warehouse that `reader` reads; absent: the mirror. */
  readonly warehouse?: ReadWarehouse | undefined;
  /** Whether the exporter replaces names: file names say so. */
  readonly isPseudonymised: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

export interface ExportProgress {
  readonly done: number;
  readonly total: number;
  /** "Overview: fasgpt" */
  readonly what: string;
}

export interface ExportAllResult {
  /** Page that links to all others. */
  readonly index: string;
  readonly fileCount: number;
  /** What could not be read or written, a sentence each. */
  readonly failures: readonly string[];
}

/** What the reports of one row of the index cover. */
interface Part {
  readonly title: string;
  readonly scope: ReportScope;
  readonly instanceName: string | undefined;
}

/**
 * Writes every report for all instances and for each as HTML, with a page that links to them, into `<folder>/YYYY-MM-DD`.
 * A report that fails takes no other with it.
 * @throws NoReportDataError when no instance was synced yet, the signal's reason when cancelled
 */
export async function exportAll(request: ExportAllRequest): Promise<ExportAllResult> {
  const { zone, now, folder, reports, instances, exporter, signal, onProgress } = request;
  const written = localTimeIn(zone)(now).text;
  const place = join(folder, written.slice(0, 10));
  const parts = partsOf(instances);
  const names = new FileNames(request);
  const groups: IndexGroup[] = [];
  const failures: string[] = [];
  for (const [index, part] of parts.entries()) {
    const entries: IndexEntry[] = [];
    for (const [step, definition] of reports.entries()) {
      signal.throwIfAborted();
      const what = `${definition.title}: ${part.title}`;
      onProgress?.({ done: index * reports.length + step, total: parts.length * reports.length, what });
      const fileName = names.of(definition, part);
      const failed = await exportOne(request, definition, part, join(place, fileName));
      failures.push(...failed.reasons.map((reason) => `${what}: ${reason}`));
      if (failed.isWritten) {
        entries.push({ fileName, title: definition.title, description: definition.description });
      }
    }
    groups.push({ title: part.title, entries });
  }
  signal.throwIfAborted();
  const indexPath = join(place, 'index.html');
  await exporter.writeIndex(indexPath, {
    title: `Reports of ${written.slice(0, 10)}`,
    facts: [
      `Written ${written}`,
      `Times in ${zone}`,
      ...(request.warehouse === undefined ? [] : [`Read from the warehouse ${request.warehouse.name}`]),
      ...(request.isPseudonymised ? ['Names are replaced by pseudonyms'] : []),
    ],
    groups: groups.filter(({ entries }) => entries.length > 0),
    failures,
  });
  return { index: indexPath, fileCount: groups.flatMap(({ entries }) => entries).length, failures };
}

function partsOf(instances: ExportAllRequest['instances']): Part[] {
  return [
    { title: 'All instances', scope: { kind: 'all' }, instanceName: undefined },
    ...instances.map(({ id, name }) => ({
      title: name,
      scope: { kind: 'instance', instanceId: id } as const,
      instanceName: name,
    })),
  ];
}

/** What went wrong with one report: a whole report, or single numbers of one that was written. */
interface Outcome {
  readonly isWritten: boolean;
  readonly reasons: readonly string[];
}

async function exportOne(
  { reader, exporter, zone, locale, now, warehouse, signal }: ExportAllRequest,
  definition: ReportDefinition,
  { scope }: Part,
  path: string,
): Promise<Outcome> {
  const reasons: string[] = [];
  try {
    const model = await buildReport(
      reader,
      definition,
      { settings: openingSettings(definition, scope), now, zone, locale, warehouse },
      { signal, onBlockError: (error) => reasons.push(error.message) },
    );
    await exporter.write(path, model, { format: 'html' });
    return { isWritten: true, reasons };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NoReportDataError && scope.kind === 'all') {
      throw error;
    }
    return { isWritten: false, reasons: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Two instances whose names differ in signs only get different files. */
class FileNames {
  readonly #taken = new Set<string>();
  readonly #source: string | undefined;
  readonly #isPseudonymised: boolean;

  constructor({ warehouse, isPseudonymised }: Pick<ExportAllRequest, 'warehouse' | 'isPseudonymised'>) {
    this.#source = warehouse?.name;
    this.#isPseudonymised = isPseudonymised;
  }

  of({ id }: ReportDefinition, { instanceName }: Part): string {
    const named = (suffix: string): string =>
      exportFileName(
        {
          reportId: id,
          source: this.#source,
          instanceName: instanceName === undefined ? undefined : instanceName + suffix,
          isPseudonymised: this.#isPseudonymised,
        },
        'html',
      );
    let name = named('');
    for (let count = 2; this.#taken.has(name); count += 1) {
      name = named(` ${count}`);
    }
    this.#taken.add(name);
    return name;
  }
}
