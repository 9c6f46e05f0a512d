import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { buildReport } from '../../reports/buildReport';
import { REPORTS } from '../../reports/catalogue';
import { dayOfIso } from '../../reports/days';
import { reportMarkdown } from '../../reports/export/reportMarkdown';
import { PERIOD_PRESETS, titleOfChoice, type PeriodChoice } from '../../reports/period';
import { openingSettings, type ReportDefinition } from '../../reports/reportDefinition';
import type { ReportScope } from '../../reports/reportSettings';
import { chosenOf, ToolError, type AvailableInstance } from '../available';
import { reportQuestion } from '../confirmation';
import { cutLines } from '../markdownTable';
import { toolOf } from '../toolTypes';

/** UTF-8 of a report. */
const MAX_BYTES = 64_000;
/** As the report's words are: `1,245.5`. */
const LOCALE = 'en';

const date = v.pipe(
  v.string(),
  v.isoDate('write a date as YYYY-MM-DD'),
  v.check((text) => dayOfIso(text) !== undefined, 'there is no such date'),
);

/** Limited copies hold no bills. */
const OFFERED = REPORTS.filter(({ isOfWholeBills = false }) => !isOfWholeBills);

/** A report of the product with the product's own definitions, as Markdown. */
export const getReport = toolOf({
  name: 'openwebui_get_report',
  input: v.object({
    report: v.picklist(OFFERED.map(({ id }) => id)),
    period: v.optional(v.picklist(PERIOD_PRESETS.map(({ id }) => id))),
    from: v.optional(date),
    to: v.optional(date),
    instances: v.optional(v.array(v.union([v.string(), v.number()]))),
  }),
  progress: () => l10n.t('Building a report of the Open WebUI mirror'),
  question: (input, available) => {
    const period = periodOf(input);
    return reportQuestion(
      definitionOf(input.report).title,
      period.kind === 'days' ? `${period.from} – ${period.to}` : titleOfChoice(period),
      chosenOf(available, input.instances),
    );
  },
  run: async (input, { available, reader, now, zone, signal }) => {
    const instances = chosenOf(available, input.instances);
    const definition = definitionOf(input.report);
    const model = await buildReport(
      reader(instances),
      definition,
      {
        settings: { ...openingSettings(definition, scopeOf(instances)), period: periodOf(input) },
        now: Math.floor(now / 1000),
        zone,
        locale: LOCALE,
      },
      { signal },
    );
    const { text, isCut } = cutLines(reportMarkdown(model), MAX_BYTES);
    const note = `The report is cut here, at ${MAX_BYTES / 1000} kB. Ask for one instance or a shorter period, or use openwebui_run_query.`;
    return { text: isCut ? `${text}\n\n${note}` : text };
  },
});

function definitionOf(id: string): ReportDefinition {
  const definition = OFFERED.find((report) => report.id === id);
  if (definition === undefined) {
    throw new ToolError(
      `There is no report "${id}". There are: ${OFFERED.map((report) => report.id).join(', ')}.`,
    );
  }
  return definition;
}

interface PeriodInput {
  readonly period?: (typeof PERIOD_PRESETS)[number]['id'] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** @throws ToolError for half a span, or one that ends before it begins */
function periodOf({ period, from, to }: PeriodInput): PeriodChoice {
  if (from === undefined && to === undefined) {
    return { kind: 'preset', preset: period ?? 'last30' };
  }
  if (from === undefined || to === undefined || period !== undefined) {
    throw new ToolError('Give either "period", or both "from" and "to".');
  }
  if (from > to) {
    throw new ToolError(`The period ends (${to}) before it begins (${from}).`);
  }
  return { kind: 'days', from, to };
}

function scopeOf(instances: readonly AvailableInstance[]): ReportScope {
  const [first] = instances;
  return first !== undefined && instances.length === 1
    ? { kind: 'instance', instanceId: first.id }
    : { kind: 'instances', instanceIds: instances.map(({ id }) => id) };
}
