import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { buildReport } from '../../reports/buildReport';
import {
  changesJson,
  changesMarkdown,
  letterFileName,
  settingsOfWeek,
} from '../../reports/changes/changesLetter';
import { changesReport } from '../../reports/changes/changesReport';
import { daysOfIsoWeek, isoWeekOf } from '../../reports/changes/isoWeek';
import { startOfWeek } from '../../reports/days';
import { writeOutput } from '../../reports/export/outputFile';
import { readPeople } from '../../reports/export/people';
import { pseudonymised } from '../../reports/export/pseudonyms';
import type { ReportModel } from '../../reports/reportModel';
import { loadInstances } from '../../store/instances/instancesFile';
import { localTimeIn } from '../../store/localTime';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { noteExport } from '../noteExport';
import { plainText } from '../plainText';
import { CLI_LOCALE } from '../reports';
import { followAnalysis } from '../followAnalysis';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

const WRITERS = { md: changesMarkdown, json: changesJson } as const satisfies Record<
  string,
  (model: ReportModel) => string
>;
type LetterFormat = keyof typeof WRITERS;

interface ChangesOptions extends DataOption {
  readonly week?: string;
  readonly instance?: string;
  readonly format?: LetterFormat;
  readonly output?: string;
  readonly pseudonyms?: boolean;
}

const HELP = `
A letter to send by mail: run "sync" before, each Monday. A folder gets a file with the week in its name.`;

/** `changes [--week 2026-W31] [--instance NAME] [--format md|json] [--output PATH] [--pseudonyms]` */
export function addChangesCommand(program: Command, terminal: Terminal): void {
  program
    .command('changes')
    .description('say in a few sentences what changed in a week against the one before')
    .option('--week <week>', 'ISO week such as 2026-W31 (default: the last one)', isoWeek)
    .option('--instance <name>', 'of this instance (default: of all, and of each)')
    .addOption(
      new Option('--format <format>', "of the letter (default: as the file's name says, else md)").choices(
        Object.keys(WRITERS),
      ),
    )
    .option('--output <path>', 'file or folder to write to')
    .option('--pseudonyms', 'without names of people')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action((options: ChangesOptions) => write(options, terminal));
}

async function write(options: ChangesOptions, terminal: Terminal): Promise<void> {
  const { output, instance, pseudonyms = false } = options;
  const folder = existingDataFolder(options.data, terminal.env);
  const { instances, zone } = await loadInstances(folder);
  const now = Math.floor(Date.now() / 1000);
  const week = options.week ?? isoWeekOf(startOfWeek(localTimeIn(zone)(now).day) - 1);
  const named = instance === undefined ? undefined : instanceNamed(instances, instance);
  const settings = settingsOfWeek(
    week,
    named === undefined ? { kind: 'all' } : { kind: 'instance', instanceId: named.id },
  );
  await followAnalysis(folder, terminal);
  const model = await withReader(folder, async (reader) => {
    const request = { settings, now, zone, locale: CLI_LOCALE };
    const built = await buildReport(reader, changesReport, request, { signal: terminal.signal });
    return pseudonyms ? pseudonymised(built, await readPeople(reader, CLI_LOCALE)) : built;
  });
  const format = options.format ?? (extname(output ?? '').toLowerCase() === '.json' ? 'json' : 'md');
  const text = WRITERS[format](model);
  if (output === undefined) {
    terminal.out(terminal.columns === undefined ? text : plainText(text));
  } else {
    const path = pathOf(output, letterFileName(week, named?.name, format));
    await writeOutput(path, text);
    terminal.err(`Written to ${path}\n`);
    const entry = { path, format, kind: 'report', isPseudonymised: pseudonyms } as const;
    await noteExport(folder, entry, terminal, named === undefined ? undefined : [named.id]);
  }
}

/** In a folder the file gets the name that the editor would give it. */
function pathOf(typed: string, fileName: string): string {
  const path = resolve(typed);
  const isFolder = /[/\\]$/u.test(typed) || (existsSync(path) && statSync(path).isDirectory());
  return isFolder ? join(path, fileName) : path;
}

/** @throws InvalidArgumentError, which commander words as wrong usage */
function isoWeek(typed: string): string {
  const week = typed.toUpperCase();
  if (daysOfIsoWeek(week) === undefined) {
    throw new InvalidArgumentError('Give an ISO week such as 2026-W31.');
  }
  return week;
}
