import { localTimeIn } from '../store/localTime';
import type { ReportReader, SqlParameters } from '../store/resultSet';
import { buildBlock, type BlockContext } from './blocks';
import type { Bucket } from './buckets';
import type { BucketUnit } from './days';
import { bucketUnitOf, bucketsOf } from './buckets';
import { runDataset, type Dataset } from './datasets';
import { isoOfDay } from './days';
import type { Formatter } from './format';
import { createFormatter } from './format';
import { hoursByWeekday } from './hours';
import { METRICS, metricOf } from './metrics';
import type { Period, PeriodChoice } from './period';
import { daysText, knownPart, lengthOf, previousPeriod, resolvePeriod, titleOfChoice } from './period';
import type { ReportDefinition } from './reportDefinition';
import type { DefinitionModel, ReportModel, ReportRow, ReportScope } from './reportModel';
import type { Knowledge, Source } from './sources';
import { freshnessOf, knowledgeOf, readSources } from './sources';
import { metricsIn, type Access } from './sqlTemplate';
import { fillIn } from './tiles';

/** What somebody asks of a report. */
export interface ReportRequest {
  readonly scope: ReportScope;
  readonly period: PeriodChoice;
  /** Seconds since 1970 (UTC): what "today" is. */
  readonly now: number;
  /** IANA name of the mirror's zone, which the days of the database are in. */
  readonly zone: string;
  /** BCP 47 name for numbers and dates. */
  readonly locale: string;
}

/** How often a report is begun anew when a sync publishes in the middle of it. */
const MAX_ATTEMPTS = 3;

/**
 * Runs a report's queries and lays its blocks out as plain data. All numbers come from one file generation, unless
 * syncs publish faster than the queries run.
 * @throws NoReportDataError before the first sync, RangeError for a period that is none.
 */
export async function buildReport(
  reader: ReportReader,
  definition: ReportDefinition,
  request: ReportRequest,
): Promise<ReportModel> {
  for (let attempt = 1; ; attempt++) {
    const generation = await reader.generation();
    const model = await buildOnce(reader, definition, request, generation);
    if (attempt === MAX_ATTEMPTS || (await reader.generation()) === generation) {
      return model;
    }
  }
}

async function buildOnce(
  reader: ReportReader,
  definition: ReportDefinition,
  request: ReportRequest,
  generation: number,
): Promise<ReportModel> {
  const startedAt = performance.now();
  const sources = await readSources(reader, request.scope);
  const localNow = localTimeIn(request.zone)(request.now);
  const format = createFormatter(request.locale);
  const plan = planOf(sources, request, localNow.day, format);
  const isSeveral = request.scope.kind === 'all';
  const datasets = await runDatasets(
    reader,
    definition,
    parametersOf(sources, plan, request.zone),
    plan.access,
    isSeveral,
  );
  const current = datasets.get(definition.headline)?.rows.find(({ is_current }) => is_current === 1);
  const facts = factsOf(definition, datasets, current);
  const context: BlockContext = {
    datasets,
    format,
    isSeveral,
    facts,
    unit: plan.unit,
    buckets: plan.buckets,
    hasComparison: plan.previous !== undefined,
  };
  return {
    v: 1,
    reportId: definition.id,
    title: definition.title,
    subtitle: isSeveral ? 'All instances' : (sources[0]?.name ?? ''),
    scope: request.scope,
    sources: sources.map(({ id, name, lastSync }) => ({ id, name, lastSync })),
    period: {
      choice: request.period,
      title: titleOfChoice(request.period),
      days: lengthOf(plan.period) > 0 ? daysText(plan.period) : 'after the last sync',
      from: isoOfDay(plan.period.from),
      to: isoOfDay(Math.max(plan.period.from, plan.period.to)),
      comparedWith: plan.previous === undefined ? undefined : daysText(plan.previous),
      bucket: plan.unit,
    },
    isEmpty: current === undefined,
    knownDays: knownDaysOf(plan.known, sources),
    sections: definition.sections
      .filter(({ isForSeveral = false }) => isSeveral || !isForSeveral)
      .map(({ id, title, blocks }) => ({
        id,
        title,
        blocks: blocks.map((block) => buildBlock(block, context)),
      })),
    datasets: Object.fromEntries([...datasets].map(([id, { rows }]) => [id, rows])),
    notes: notesOf(definition, facts, plan, format),
    definitions: definitionsOf(definition),
    queries: [...datasets.values()].map(({ query }) => query),
    freshness: freshnessOf(sources),
    zone: request.zone,
    generation,
    createdAt: localNow.text,
    elapsedMs: Math.round(performance.now() - startedAt),
  };
}

/** The time side of a request, worked out. */
interface Plan {
  readonly known: Knowledge;
  readonly period: Period;
  readonly previous?: Period | undefined;
  /** The part of the period that charts show: days before the first message are unknown. */
  readonly shown: Period;
  readonly unit: BucketUnit;
  readonly buckets: readonly Bucket[];
  readonly access: Access;
}

/** Part of the known days above which reading the whole table beats the index. */
const BROAD = 0.2;

function planOf(sources: readonly Source[], request: ReportRequest, today: number, format: Formatter): Plan {
  const known = knowledgeOf(sources, today);
  const period = resolvePeriod(request.period, known);
  const shown = knownPart(period, known);
  const unit = bucketUnitOf(shown);
  return {
    known,
    period,
    previous: previousPeriod(period, known),
    shown,
    unit,
    buckets: bucketsOf(shown, unit, known.asOf, format),
    access: isBroad(shown, known) ? 'scan' : 'index',
  };
}

function isBroad(shown: Period, { first, asOf }: Knowledge): boolean {
  return first !== undefined && lengthOf(shown) > BROAD * lengthOf({ from: first, to: asOf });
}

function parametersOf(sources: readonly Source[], plan: Plan, zone: string): SqlParameters {
  const { period, previous, shown, known, buckets } = plan;
  const lastHour = shown.to === known.asOf ? known.lastHour : 23;
  return {
    instances: JSON.stringify(sources.map(({ id }) => id)),
    from_day: period.from,
    to_day: period.to,
    previous_from_day: previous?.from ?? period.from,
    buckets: JSON.stringify(buckets),
    hours: JSON.stringify(hoursByWeekday(shown, zone, lastHour)),
  };
}

async function runDatasets(
  reader: ReportReader,
  definition: ReportDefinition,
  parameters: SqlParameters,
  access: Access,
  isSeveral: boolean,
): Promise<ReadonlyMap<string, Dataset>> {
  const datasets = new Map<string, Dataset>();
  for (const [id, dataset] of Object.entries(definition.datasets)) {
    if (isSeveral || dataset.isForSeveral !== true) {
      datasets.set(id, await runDataset(reader, id, dataset, parameters, access));
    }
  }
  return datasets;
}

function factsOf(
  { facts }: ReportDefinition,
  datasets: ReadonlyMap<string, Dataset>,
  current: ReportRow | undefined,
): ReportRow {
  return Object.assign({}, current, ...facts.map((id) => datasets.get(id)?.rows[0])) as ReportRow;
}

function knownDaysOf(known: Knowledge, sources: readonly Source[]): string | undefined {
  const last = Math.max(...sources.map(({ lastDay }) => lastDay ?? -Infinity));
  return known.first === undefined ? undefined : daysText({ from: known.first, to: last });
}

function notesOf(definition: ReportDefinition, facts: ReportRow, plan: Plan, format: Formatter): string[] {
  const notes = definition.notes
    .filter(({ fact }) => Number(facts[fact] ?? 0) > 0)
    .map(({ text }) => fillIn(text, facts, format))
    .filter((text) => text !== undefined);
  const { first } = plan.known;
  return first !== undefined && first > plan.period.from
    ? [`The first message is of ${isoOfDay(first)}; charts begin there.`, ...notes]
    : notes;
}

function definitionsOf({ datasets }: ReportDefinition): DefinitionModel[] {
  const named = new Set(Object.values(datasets).flatMap(({ sql }) => metricsIn(sql)));
  return Object.keys(METRICS)
    .filter((id) => named.has(id))
    .map((id) => {
      const { title, definition } = metricOf(id as keyof typeof METRICS);
      return { title, definition };
    });
}
