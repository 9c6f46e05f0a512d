import { dayOfIso, isoOfDay } from '../days';
import { safeName } from '../export/fileName';
import { escaped } from '../export/markdown';
import type { ReportModel, SectionModel, SentenceModel } from '../reportModel';
import { openingSettings } from '../reportDefinition';
import type { ReportScope, ReportSettings } from '../reportSettings';
import { changesReport } from './changesReport';
import { daysOfIsoWeek, isoWeekOfPeriod } from './isoWeek';

/** Raised with every change that a program which reads the JSON would misread. */
const JSON_VERSION = 1;

/** Settings of the report of one week, such as `2026-W31`. @throws RangeError where no such week exists */
export function settingsOfWeek(week: string, scope: ReportScope): ReportSettings {
  const days = daysOfIsoWeek(week);
  if (days === undefined) {
    throw new RangeError(`There is no week "${week}". Give one as 2026-W31.`);
  }
  return {
    ...openingSettings(changesReport, scope),
    period: { kind: 'days', from: isoOfDay(days.from), to: isoOfDay(days.to) },
  };
}

/** `what-changed-2026-W31.md`, with the instance's name where it is about one. */
export function letterFileName(week: string, instanceName: string | undefined, extension = 'md'): string {
  const of = instanceName === undefined ? '' : `-${safeName(instanceName)}`;
  return `what-changed-${week}${of}.${extension}`;
}

/** The report as a letter: a line for the subject, then sentences with what stands behind them, without links. */
export function changesMarkdown(model: ReportModel): string {
  const { period, filters, freshness, zone } = model;
  const parts = [
    `Subject: ${escaped(subjectOf(model))}`,
    period.comparedWith === undefined ? '' : `Compared with ${escaped(period.comparedWith)}.`,
    ...filters.map(({ title, words }) => `${escaped(title)}: ${escaped(words)}.`),
    ...model.sections.map((section, index) => sectionText(section, index === 0 ? model.subtitle : undefined)),
    `${escaped(freshness)}. Days are those of ${escaped(zone)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The same for programs. */
export function changesJson(model: ReportModel): string {
  const { period, subtitle, filters, freshness, zone } = model;
  const document = {
    format: 'openwebui-sync-changes',
    version: JSON_VERSION,
    week: weekOf(model) ?? null,
    from: period.from,
    to: period.to,
    comparedWith: period.comparedWith ?? null,
    filters,
    sections: model.sections.map((section, index) => ({
      title: index === 0 ? subtitle : section.title,
      sentences: sentencesOf(section),
    })),
    freshness,
    zone,
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

function subjectOf(model: ReportModel): string {
  const { title, period, subtitle } = model;
  const week = weekOf(model);
  const span = week === undefined ? period.days : `${week} (${period.days})`;
  return `${title} in ${span}: ${subtitle}`;
}

/** The week that was asked for, whatever the last sync left of it. */
function weekOf({ settings, period }: ReportModel): string | undefined {
  const asked = settings.period.kind === 'days' ? settings.period : period;
  const from = dayOfIso(asked.from);
  const to = dayOfIso(asked.to);
  return from === undefined || to === undefined ? undefined : isoWeekOfPeriod({ from, to });
}

function sectionText(section: SectionModel, title = section.title): string {
  return `## ${escaped(title)}\n\n${sentencesOf(section).map(sentenceText).join('\n')}`;
}

function sentencesOf({ blocks }: SectionModel): SentenceModel[] {
  return blocks.flatMap((block) => (block.type === 'text' ? block.sentences : []));
}

function sentenceText({ text, tone, details }: SentenceModel): string {
  const sentence = tone === 'alert' ? `**${escaped(text)}**` : escaped(text);
  return [`- ${sentence}`, ...details.map((detail) => `  - ${escaped(detail)}`)].join('\n');
}
