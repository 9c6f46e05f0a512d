import { DEFAULT_REPORT, findReport, REPORTS } from '../reports/catalogue';
import type { ReportDefinition } from '../reports/reportDefinition';
import { instanceNamed, type NamedInstance } from './chooseInstances';
import { CliError, EXIT } from './exitCodes';
import { shellWord } from './shellWord';

/** What was typed of a report: a bare word is the name of a report or of an instance. */
export interface ReportWords {
  readonly name?: string | undefined;
  readonly report?: string | undefined;
  readonly instance?: string | undefined;
  readonly all?: boolean | undefined;
}

export interface ReportChoice {
  readonly definition: ReportDefinition;
  /** Undefined: all of them. */
  readonly instance: NamedInstance | undefined;
}

/**
 * Which report is meant, and of what: `overview`, `FASGPT`, `overview --instance FASGPT`, `FASGPT --report users`. Without
 * a report it is the overview, without an instance all of them.
 * @throws CliError naming what there is when that is no clear choice
 */
export function chooseReport(words: ReportWords, instances: readonly NamedInstance[]): ReportChoice {
  const { name, report, instance, all = false } = words;
  if (name === undefined) {
    return {
      definition: report === undefined ? DEFAULT_REPORT : reportNamed(report),
      instance: instance === undefined ? undefined : instanceNamed(instances, instance),
    };
  }
  const asReport = report === undefined ? findReport(name.toLowerCase()) : undefined;
  const asInstance = all || instance !== undefined ? undefined : find(instances, name);
  if (asReport !== undefined && asInstance !== undefined) {
    throw new CliError(
      `"${name}" is a report and an instance. Say which: report --report ${shellWord(name)}, or report --instance ${shellWord(name)}.`,
      EXIT.usage,
    );
  }
  if (asReport !== undefined) {
    return {
      definition: asReport,
      instance: instance === undefined ? undefined : instanceNamed(instances, instance),
    };
  }
  if (asInstance !== undefined) {
    return { definition: report === undefined ? DEFAULT_REPORT : reportNamed(report), instance: asInstance };
  }
  throw new CliError(unknownText(words, name, instances), EXIT.usage);
}

function reportNamed(name: string): ReportDefinition {
  const found = findReport(name.toLowerCase());
  if (found === undefined) {
    throw new CliError(`There is no report "${name}". There are ${reportNames()}.`, EXIT.usage);
  }
  return found;
}

function find(instances: readonly NamedInstance[], name: string): NamedInstance | undefined {
  return instances.find((instance) => instance.name.toLowerCase() === name.toLowerCase());
}

function unknownText(
  { report, instance, all }: ReportWords,
  name: string,
  instances: readonly NamedInstance[],
): string {
  if (report !== undefined) {
    return findReport(name.toLowerCase()) === undefined
      ? `There is no instance "${name}". ${instanceNames(instances)}`
      : 'Give the report once, as a word or with --report.';
  }
  if ((instance !== undefined || all === true) && find(instances, name) !== undefined) {
    return 'Give the instance once: as a word, with --instance, or --all for all of them.';
  }
  return `There is no report "${name}", nor an instance of that name. Reports: ${reportNames()}. ${instanceNames(instances)}`;
}

function reportNames(): string {
  return REPORTS.map(({ id }) => id).join(', ');
}

function instanceNames(instances: readonly NamedInstance[]): string {
  return instances.length === 0
    ? 'There are no instances yet.'
    : `Instances: ${instances.map(({ name }) => name).join(', ')}.`;
}
