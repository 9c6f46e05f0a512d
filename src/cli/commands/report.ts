import { Option, type Command } from 'commander';
import { buildReport } from '../../reports/buildReport';
import { REPORTS } from '../../reports/catalogue';
import { openingSettings } from '../../reports/reportDefinition';
import { readFocusRows } from '../../reports/export/focus';
import { EXPORT_FORMATS } from '../../reports/export/formats';
import { PERIOD_PRESETS, type PeriodChoice, type PresetId } from '../../reports/period';
import type { ExportEntry } from '../../store/exportLedger/exportLedger';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { chooseReport, type ReportWords } from '../reportChoice';
import { renderReport, writeReport, type RenderedReport } from '../reportFiles';
import { formatFor, type FormatWords } from '../reportFormat';
import { CLI_LOCALE, isoDay, withExporter } from '../reports';
import { sourceOption, withReportSource, type ReportSource, type SourceOption } from '../reportSource';
import { existingDataFolder } from '../dataFolder';
import { noteExport } from '../noteExport';
import type { Terminal } from '../terminal';
import { dataOption } from './dataOption';
import { addReportAllCommand } from './reportAll';

interface ReportOptions extends SourceOption, FormatWords, Omit<ReportWords, 'name'> {
  readonly period?: PresetId;
  readonly from?: string;
  readonly to?: string;
  readonly pseudonyms?: boolean;
}

const HELP = `
Without --output the report is printed; Markdown is the format then. Else the name of the file tells the format.
A report is read at most as of the last sync: run "sync" before.

Examples:
  openwebui-sync report FASGPT --format html --output usage.html
  openwebui-sync report users --period last30 --format json
  openwebui-sync report cost --instance FASGPT --format csv --output tables/
  openwebui-sync report overview --source ANALYTICS --format html --output usage.html`;

/** `report [NAME|INSTANCE] [...]`, `report list`, `report all --output DIR` */
export function addReportCommand(program: Command, terminal: Terminal): void {
  const report = program
    .command('report')
    .description('write reports, of one instance or of all')
    .addHelpText('after', '\nAll options of "report NAME": report write --help');
  report
    .command('list')
    .description('list the reports')
    .addOption(dataOption())
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: boolean }) => {
      if (json === true) {
        terminal.out(jsonText(REPORTS.map(({ id, title, description }) => ({ id, title, description }))));
        return;
      }
      const width = Math.max(...REPORTS.map(({ id }) => id.length));
      terminal.out(
        REPORTS.map(({ id, title, description }) => `${id.padEnd(width)}  ${title}: ${description}\n`).join(
          '',
        ),
      );
    });
  addReportAllCommand(report, terminal);
  report
    .command('write [name]', { isDefault: true })
    .description('write one report: of that name, or the overview of that instance ("write" may be left out)')
    .option('--report <name>', 'this report, where the name is an instance')
    .option('--instance <name>', 'of this instance, where the name is a report')
    .addOption(new Option('--all', 'of all instances (default)').conflicts('instance'))
    .addOption(
      new Option('--period <period>', "default: the report's own").choices(
        PERIOD_PRESETS.map(({ id }) => id),
      ),
    )
    .addOption(new Option('--from <day>', 'first day, YYYY-MM-DD').argParser(isoDay).conflicts('period'))
    .addOption(new Option('--to <day>', 'last day, YYYY-MM-DD').argParser(isoDay).conflicts('period'))
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS.map(({ id }) => id)))
    .option('--table <id>', 'only this table or chart; svg needs it')
    .option('--output <path>', 'file or folder to write to; csv without --table needs a folder')
    .option('--pseudonyms', 'without names of people, titles and file names')
    .addOption(sourceOption())
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action((name: string | undefined, options: ReportOptions) => write(name, options, terminal));
}

/** What can be ended at any moment comes first; what is written then is noted. */
async function write(name: string | undefined, options: ReportOptions, terminal: Terminal): Promise<void> {
  const { rendered, ...entry } = await withReportSource(options, terminal, (source) =>
    render(name, options, terminal, source),
  );
  const folder = existingDataFolder(options.data, terminal.env);
  const { instances, ...note } = entry;
  for (const path of await writeReport(rendered, terminal)) {
    await noteExport(folder, { path, kind: 'report', ...note }, terminal, instances);
  }
}

interface Rendered extends Pick<ExportEntry, 'format' | 'instances' | 'isPseudonymised'> {
  readonly rendered: RenderedReport;
}

async function render(
  name: string | undefined,
  options: ReportOptions,
  terminal: Terminal,
  { reader, instances, zone, warehouse, prepare }: ReportSource,
): Promise<Rendered> {
  const { definition, instance } = chooseReport({ ...options, name }, instances);
  const format = formatFor(definition.id, options);
  const settings = openingSettings(
    definition,
    instance === undefined ? { kind: 'all' } : { kind: 'instance', instanceId: instance.id },
  );
  const period = periodOf(options) ?? settings.period;
  await prepare();
  const { signal } = terminal;
  const model = await buildReport(
    reader,
    definition,
    {
      settings: { ...settings, period },
      now: Math.floor(Date.now() / 1000),
      zone,
      locale: CLI_LOCALE,
      warehouse,
    },
    { signal, onBlockError: (error) => terminal.err(`${error.message}\n`) },
  );
  const isPseudonymised = options.pseudonyms === true;
  const rendered = await withExporter(reader, { isPseudonymised, signal }, async (exporter) => {
    const rows = format === 'focus' ? await readFocusRows(reader, model) : undefined;
    return renderReport(model, exporter, { ...options, format, rows });
  });
  const of = instance === undefined ? instances : [instance];
  return { rendered, format, isPseudonymised, instances: of.map(({ id }) => id) };
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
