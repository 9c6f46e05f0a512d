import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { buildReport } from '../../reports/buildReport';
import { findReport, REPORTS } from '../../reports/catalogue';
import { settingsOf } from '../../reports/export/exportAll';
import { exportFileName } from '../../reports/export/fileName';
import { readFocusRows } from '../../reports/export/focus';
import {
  EXPORT_FORMATS,
  formatOf,
  formatsOf,
  PARTIAL_FORMATS,
  type ExportFormat,
} from '../../reports/export/formats';
import { PERIOD_PRESETS, type PeriodChoice, type PresetId } from '../../reports/period';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel } from '../../reports/reportModel';
import type { ReportScope } from '../../reports/reportSettings';
import { loadInstances } from '../../store/instances/instancesFile';
import type { InstancesFile } from '../../store/instances/instance';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { followAnalysis } from '../followAnalysis';
import { plainText } from '../plainText';
import { CLI_LOCALE, isoDay, withExporter } from '../reports';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';
import { addReportAllCommand } from './reportAll';

interface ReportOptions extends DataOption {
  readonly instance?: string;
  readonly all?: boolean;
  readonly period?: PresetId;
  readonly from?: string;
  readonly to?: string;
  readonly format?: ExportFormat;
  readonly table?: string;
  readonly output?: string;
  readonly pseudonyms?: boolean;
}

const HELP = `
Without --output the report is printed; Markdown is the format then. Else the name of the file tells the format.
A report is read at most as of the last sync: run "sync" before.`;

/** `report list`, `report NAME [...]`, `report all --output DIR` */
export function addReportCommand(program: Command, terminal: Terminal): void {
  const report = program.command('report').description('write reports');
  report
    .command('list')
    .description('list the reports')
    .addOption(dataOption())
    .action(() => {
      const width = Math.max(...REPORTS.map(({ id }) => id.length));
      terminal.out(
        REPORTS.map(({ id, title, description }) => `${id.padEnd(width)}  ${title}: ${description}\n`).join(
          '',
        ),
      );
    });
  addReportAllCommand(report, terminal);
  report
    .command('write <name>', { isDefault: true })
    .description('write one report ("write" may be left out)')
    .option('--instance <name>', 'of this instance')
    .addOption(new Option('--all', 'of all instances (default)').conflicts('instance'))
    .addOption(
      new Option('--period <period>', "default: the report's own").choices(
        PERIOD_PRESETS.map(({ id }) => id),
      ),
    )
    .addOption(new Option('--from <day>', 'first day, YYYY-MM-DD').argParser(isoDay).conflicts('period'))
    .addOption(new Option('--to <day>', 'last day, YYYY-MM-DD').argParser(isoDay).conflicts('period'))
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS.map(({ id }) => id)))
    .option('--table <id>', 'only this table or chart; csv and svg need it')
    .option('--output <path>', 'file or folder to write to')
    .option('--pseudonyms', 'without names of people, titles and file names')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action((name: string, options: ReportOptions) => write(name, options, terminal));
}

async function write(name: string, options: ReportOptions, terminal: Terminal): Promise<void> {
  const definition = reportNamed(name);
  const folder = existingDataFolder(options.data, terminal.env);
  const instances = await loadInstances(folder);
  const format = formatFor(options);
  if (!formatsOf(definition.id).includes(format)) {
    throw new CliError(`The report ${definition.id} cannot be written as ${format}.`, EXIT.usage);
  }
  const settings = settingsOf(definition, scopeOf(options, instances));
  await followAnalysis(folder, terminal);
  await withReader(folder, async (reader) => {
    const model = await buildReport(
      reader,
      definition,
      {
        settings: { ...settings, period: periodOf(options) ?? settings.period },
        now: Math.floor(Date.now() / 1000),
        zone: instances.zone,
        locale: CLI_LOCALE,
      },
      { signal: terminal.signal, onBlockError: (error) => terminal.err(`${error.message}\n`) },
    );
    await withExporter(reader, options.pseudonyms === true, async (exporter) => {
      const rows = format === 'focus' ? await readFocusRows(reader, model) : undefined;
      const wish = { format, tableId: options.table, rows };
      if (options.output === undefined) {
        const text = Buffer.from(await exporter.render(model, wish)).toString();
        terminal.out(terminal.columns === undefined ? text : plainText(text));
      } else {
        const path = outputPath(options.output, model, format, options);
        await exporter.write(path, model, wish);
        terminal.err(`Written to ${path}\n`);
      }
    });
  });
}

function reportNamed(name: string): ReportDefinition {
  const found = findReport(name.toLowerCase());
  if (found === undefined) {
    const names = REPORTS.map(({ id }) => id).join(', ');
    throw new CliError(`There is no report "${name}". There are ${names}.`, EXIT.usage);
  }
  return found;
}

function scopeOf({ instance }: ReportOptions, { instances }: InstancesFile): ReportScope {
  return instance === undefined
    ? { kind: 'all' }
    : { kind: 'instance', instanceId: instanceNamed(instances, instance).id };
}

/** @returns undefined when nothing was asked for */
function periodOf({ period, from, to }: ReportOptions): PeriodChoice | undefined {
  if (period !== undefined) {
    return { kind: 'preset', preset: period };
  }
  if (from === undefined && to === undefined) {
    return undefined;
  }
  if (from === undefined || to === undefined || from > to) {
    throw new CliError('Give both --from and --to, the earlier day first.', EXIT.usage);
  }
  return { kind: 'days', from, to };
}

/** What was asked for, else what the file's name says, else Markdown. */
function formatFor({ format, output, table }: ReportOptions): ExportFormat {
  const extension = extname(output ?? '')
    .slice(1)
    .toLowerCase();
  const named = EXPORT_FORMATS.find((known) => known.extension === extension)?.id;
  const chosen = format ?? named ?? (table === undefined ? 'md' : 'csv');
  if (PARTIAL_FORMATS.has(chosen) && table === undefined) {
    throw new CliError(`${chosen} holds one table or chart: name it with --table.`, EXIT.usage);
  }
  if (table !== undefined && !formatOf(chosen).isOfTable) {
    throw new CliError('A single table can be written as csv or xlsx, a chart as svg too.', EXIT.usage);
  }
  if (chosen === 'xlsx' && output === undefined) {
    throw new CliError('Say where to write the workbook with --output.', EXIT.usage);
  }
  return chosen;
}

/** In a folder the file gets the name that the editor would give it. */
function outputPath(
  typed: string,
  { reportId, scope, subtitle, createdAt }: ReportModel,
  format: ExportFormat,
  { table, pseudonyms }: ReportOptions,
): string {
  const path = resolve(typed);
  const isFolder = /[/\\]$/u.test(typed) || (existsSync(path) && statSync(path).isDirectory());
  const name = {
    reportId,
    instanceName: scope.kind === 'all' ? undefined : subtitle,
    blockId: table,
    day: createdAt.slice(0, 10),
    isPseudonymised: pseudonyms,
  };
  return isFolder ? join(path, exportFileName(name, formatOf(format).extension)) : path;
}
