import * as l10n from '@vscode/l10n';
import { localTimeIn } from '../store/localTime';
import type { ReportReader } from '../store/resultSet';
import { buildBlock, isWide, pendingBlock, type BlockContext } from './blocks';
import { Datasets, type Dataset } from './datasets';
import { isoOfDay } from './days';
import { effectWords, filterWords } from './filterWords';
import type { Formatter } from './format';
import { createFormatter } from './format';
import { METRICS, metricOf, type MetricId } from './metrics/metrics';
import { daysText, lengthOf, titleOfChoice } from './period';
import type { BlockDefinition, ReportDefinition, SectionDefinition } from './reportDefinition';
import type { DefinitionModel, ReportBlock, ReportModel, ReportPart, ReportRow } from './reportModel';
import { planOf, type ReportPlan } from './reportPlan';
import { readEffects } from './readEffects';
import type { ReportRequest } from './reportRequest';
import { firstSyncMarks, freshnessOf, readSources, type Source } from './sources';
import { metricsIn } from './sqlTemplate';
import { fillIn } from './tiles';

export interface BuildOptions {
  /** Told what is new as soon as it is read: the frame, then block by block. */
  readonly onPart?: (part: ReportPart) => void;
  /** Told why a block could not be read; its place in the report says so. Absent: the report fails. */
  readonly onBlockError?: (error: Error) => void;
  /** Runs the statements of people's own reports; absent: the reader does. */
  readonly runOwn?: ReportReader['query'] | undefined;
  /** Ends the build between two blocks: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
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
  options: BuildOptions = {},
): Promise<ReportModel> {
  for (let attempt = 1; ; attempt++) {
    const generation = await reader.generation();
    const model = await buildOnce(reader, definition, request, generation, options);
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
  { onPart, onBlockError, runOwn, signal }: BuildOptions,
): Promise<ReportModel> {
  const startedAt = performance.now();
  const sources = await readSources(reader, request.settings.scope);
  const localNow = localTimeIn(request.zone)(request.now);
  const format = createFormatter(request.locale);
  const effects = await readEffects(
    reader,
    sources.map(({ id }) => id),
  );
  const plan = planOf(sources, request, localNow.day, format, effects, reader.dialect);
  const isSeveral = request.settings.scope.kind !== 'instance';
  const sections = sectionsOf(definition, sources, isSeveral);
  const frame: ReportModel = {
    ...frameOf(definition, request, sources, plan),
    filters: [...(await filterWords(reader, request.settings.filter)), ...effectWords(effects, format)],
    sections: laidOut(sections, pendingBlock),
    generation,
    createdAt: localNow.text,
  };
  onPart?.({ type: 'frame', model: frame });

  signal?.throwIfAborted();
  const derive = { format, unit: plan.unit, zone: request.zone };
  const query = definition.isOwn === true ? runOwn : undefined;
  const datasets = new Datasets(
    query ?? ((sql, parameters) => reader.query(sql, parameters)),
    definition.datasets,
    plan,
    derive,
  );
  const current =
    definition.headline === undefined
      ? undefined
      : (await datasets.get(definition.headline)).rows.find(({ is_current }) => is_current === 1);
  const isEmpty = definition.headline !== undefined && current === undefined;
  const facts = await factsOf(definition, datasets, current);
  const context: BlockContext = {
    datasets,
    format,
    derive,
    isSeveral,
    facts,
    unit: plan.unit,
    buckets: plan.buckets,
    marks: firstSyncMarks(sources),
    hasComparison: plan.previous !== undefined,
    tables: request.settings.tables,
  };
  const built = new Map<string, ReportBlock>();
  const sent = new Set<string>();
  for (const block of isEmpty ? [] : sections.flatMap(({ blocks }) => blocks)) {
    signal?.throwIfAborted();
    const made = await blockOrFailure(block, context, onBlockError);
    built.set(block.id, made);
    onPart?.({ type: 'block', block: made, datasets: rowsNamed(datasets.all(), made, sent) });
  }
  return {
    ...frame,
    isEmpty,
    sections: laidOut(sections, (block) => built.get(block.id) ?? pendingBlock(block)),
    datasets: Object.fromEntries([...datasets.all()].map(([id, { rows }]) => [id, rows])),
    notes: notesOf(definition, facts, plan, format),
    queries: [...datasets.all().values()].flatMap(({ query }) => (query === undefined ? [] : [query])),
    elapsedMs: Math.round(performance.now() - startedAt),
  };
}

function sectionsOf(
  { sections, sectionOfInstance }: ReportDefinition,
  sources: readonly Source[],
  isSeveral: boolean,
): readonly SectionDefinition[] {
  const present = sources.filter(({ isRemoved }) => !isRemoved);
  return [
    ...sections.filter(({ isForSeveral = false }) => isSeveral || !isForSeveral),
    ...(sectionOfInstance === undefined || present.length < 2 ? [] : present.map(sectionOfInstance)),
  ];
}

function laidOut(
  sections: readonly SectionDefinition[],
  blockOf: (block: BlockDefinition) => ReportBlock,
): ReportModel['sections'] {
  return sections.map(({ id, title, blocks }) => ({ id, title, blocks: blocks.map(blockOf) }));
}

/** A report before any of its numbers is read. */
function frameOf(
  definition: ReportDefinition,
  { settings, zone, warehouse }: ReportRequest,
  sources: readonly Source[],
  { period, previous, known, unit }: ReportPlan,
): Omit<ReportModel, 'filters' | 'sections' | 'generation' | 'createdAt'> {
  return {
    v: 1,
    reportId: definition.id,
    title: definition.title,
    subtitle: subtitleOf(settings, sources),
    scope: settings.scope,
    settings,
    sources: sources.map(({ id, name, lastSync }) => ({ id, name, lastSync })),
    period: {
      title: titleOfChoice(settings.period),
      days: lengthOf(period) > 0 ? daysText(period) : 'after the last sync',
      from: isoOfDay(period.from),
      to: isoOfDay(Math.max(period.from, period.to)),
      comparedWith: previous === undefined ? undefined : daysText(previous),
      bucket: unit,
    },
    isEmpty: false,
    knownDays: knownDaysOf(known.first, sources),
    datasets: {},
    notes: [],
    definitions: definitionsOf(definition),
    queries: [],
    warehouse: warehouse && { name: warehouse.name, pushedAt: localTimeIn(zone)(warehouse.pushedAt).text },
    freshness: freshnessOf(sources),
    zone,
    elapsedMs: 0,
  };
}

function subtitleOf({ scope, source }: ReportRequest['settings'], sources: readonly Source[]): string {
  if (scope.kind !== 'all') {
    return sources.map(({ name }) => name).join(', ');
  }
  return source === 'demo' ? l10n.t('Demo data: all instances') : l10n.t('All instances');
}

async function blockOrFailure(
  block: BlockDefinition,
  context: BlockContext,
  onError: BuildOptions['onBlockError'],
): Promise<ReportBlock> {
  try {
    return await buildBlock(block, context);
  } catch (error) {
    if (onError === undefined || !(error instanceof Error)) {
      throw error;
    }
    onError(error);
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    const { id, title } = pendingBlock(block);
    return { type: 'failed', id, title, isWide: isWide(block), message: `${error.message}${cause}` };
  }
}

/** The rows that a block shows, unless they were sent before. */
function rowsNamed(
  all: ReadonlyMap<string, Dataset>,
  block: ReportBlock,
  sent: Set<string>,
): ReportModel['datasets'] {
  const name = block.type === 'chart' || block.type === 'table' ? block.dataset : undefined;
  const rows = name === undefined ? undefined : all.get(name)?.rows;
  if (name === undefined || rows === undefined || sent.has(name)) {
    return {};
  }
  sent.add(name);
  return { [name]: rows };
}

async function factsOf(
  { facts }: ReportDefinition,
  datasets: Datasets,
  current: ReportRow | undefined,
): Promise<ReportRow> {
  const rows: (ReportRow | undefined)[] = [current];
  for (const id of facts) {
    rows.push((await datasets.get(id)).rows[0]);
  }
  return Object.assign({}, ...rows) as ReportRow;
}

function knownDaysOf(first: number | undefined, sources: readonly Source[]): string | undefined {
  const last = Math.max(...sources.map(({ lastDay }) => lastDay ?? -Infinity));
  return first === undefined ? undefined : daysText({ from: first, to: last });
}

function notesOf(
  definition: ReportDefinition,
  facts: ReportRow,
  plan: ReportPlan,
  format: Formatter,
): string[] {
  const notes = definition.notes
    .filter(({ fact }) => Number(facts[fact] ?? 0) > 0)
    .map(({ text }) => fillIn(text, facts, format))
    .filter((text) => text !== undefined);
  const { first } = plan.known;
  return definition.headline !== undefined && first !== undefined && first > plan.period.from
    ? [`The first message is of ${isoOfDay(first)}; nothing is known of the days before.`, ...notes]
    : notes;
}

/** Words of every metric that the report counts or shows. */
function definitionsOf({ datasets, sections }: ReportDefinition): DefinitionModel[] {
  const counted = Object.values(datasets).flatMap((dataset) =>
    'sql' in dataset ? metricsIn(dataset.sql) : [],
  );
  const shown = sections.flatMap(({ blocks }) => blocks.flatMap(metricsShown));
  const named = new Set<string>([...counted, ...shown]);
  return (Object.keys(METRICS) as MetricId[])
    .filter((id) => named.has(id))
    .map((id) => ({ id, title: metricOf(id).title, definition: metricOf(id).definition }));
}

function metricsShown(block: BlockDefinition): readonly string[] {
  switch (block.type) {
    case 'kpis':
      return block.tiles.map(({ metric }) => metric);
    case 'chart':
    case 'table':
      return block.columns.map(({ field }) => field);
    case 'text':
      return [];
  }
}
