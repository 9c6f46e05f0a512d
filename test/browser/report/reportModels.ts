import type {
  ChartBlock,
  ReportBlock,
  ReportLink,
  ReportModel,
  TableBlock,
  TableCell,
} from '../../../src/reports/reportModel';
import { DEFAULT_SETTINGS, type ReportSettings } from '../../../src/reports/reportSettings';
import { GRANULARITIES } from '../../../src/reports/buckets';
import { COMPARISONS, PERIOD_PRESETS } from '../../../src/reports/period';
import { buildSpec } from '../../../src/reports/specs/buildSpec';
import { REPORT_PROTOCOL, type ReportState, type ToPage } from '../../../src/webview/report/protocol';
import { SAMPLES } from '../../unit/reports/specs/samples';

export const SETTINGS: ReportSettings = { reportId: 'overview', ...DEFAULT_SETTINGS };

const LONG_NAME = 'Dr. Maximiliane-Charlotte von und zu Hohenlohe-Waldenburg-Schillingsfürst';

export const TILES: ReportBlock = {
  type: 'kpis',
  id: 'kpis',
  tiles: [
    {
      id: 'turns',
      title: 'Turns',
      value: '1,204',
      definition: 'Messages that users wrote.',
      change: { direction: 'up', text: '+12%', before: 'from 1,075' },
    },
    {
      id: 'cost',
      title: 'Cost',
      value: '–',
      definition: 'Tokens by price list.',
      note: 'known for 61% of generations',
    },
  ],
};

export const SENTENCES: ReportBlock = {
  type: 'text',
  id: 'changes',
  title: 'What changed',
  description: 'Last week against the one before.',
  sentences: [
    {
      text: 'Cost went up by 40%.',
      tone: 'alert',
      details: ['gpt-5: +31 EUR', 'Known for 90% of generations.'],
      link: { kind: 'report', reportId: 'cost' },
    },
    { text: 'Ann came back after 30 days.', tone: 'notable', details: [], link: { kind: 'user', userId: 1 } },
    { text: 'Nothing else is unusual.', tone: 'plain', details: [] },
  ],
};

function named(text: string, link: ReportLink): TableCell {
  const cell: Exclude<TableCell, string> = { text, link };
  return cell;
}

/** A table of users: names that lead somewhere, a long one, numbers with a definition. */
export const USERS: TableBlock = {
  type: 'table',
  id: 'userTable',
  title: 'All users',
  description: 'Most turns first.',
  dataset: 'by_user',
  canBeLonger: true,
  cutNote: 'The first 3 of 120 users; 117 more are left out here and count in the totals.',
  table: {
    columns: [
      { field: 'user', title: 'User', align: 'start' },
      { field: 'turns', title: 'Turns', align: 'end', definition: 'Messages that users wrote.' },
      { field: 'model', title: 'Model', align: 'start' },
    ],
    rows: [
      [named('Ann', { kind: 'user', userId: 1 }), '40', 'gpt-5'],
      [named('Ben', { kind: 'user', userId: 2 }), '30', 'llama3.1:8b'],
      [named(LONG_NAME, { kind: 'user', userId: 3 }), '20', '<img src=x onerror=alert(1)>'],
    ],
  },
};

export const FAILED: ReportBlock = {
  type: 'failed',
  id: 'broken',
  title: 'Broken',
  isWide: true,
  message: 'Dataset "broken": no such column: nothing',
};

export const DATASETS: ReportModel['datasets'] = Object.fromEntries(
  Object.entries(SAMPLES).map(([name, { rows }]) => [name, rows]),
);

/** A chart of each kind. */
export const CHARTS: readonly ChartBlock[] = Object.entries(SAMPLES).map(
  ([name, { chart, context, rows }]) => ({
    type: 'chart',
    id: name,
    title: name,
    description: `A chart of the kind ${chart.kind}.`,
    isWide: context.isWide,
    spec: buildSpec(chart, { ...context, dataset: name }, rows),
    dataset: name,
    click: chart.click,
    summary: `${name}. ${rows.length} rows.`,
    table: {
      columns: Object.keys(rows[0] ?? {}).map((field) => ({ field, title: field, align: 'start' as const })),
      rows: rows.slice(0, 20).map((row) => Object.values(row).map((value) => String(value ?? '–'))),
    },
  }),
);

/** Bars by user, whose marks and names lead to the users. */
export function userBars(turns: readonly number[]): { block: ChartBlock; datasets: ReportModel['datasets'] } {
  const rows = turns.map((count, index) => ({
    rank: index + 1,
    label: `User ${index + 1}`,
    turns: count,
    user_id: index + 1,
  }));
  return {
    block: {
      type: 'chart',
      id: 'topUsers',
      title: 'Top users',
      description: 'The users with the most turns.',
      isWide: true,
      spec: buildSpec(
        {
          kind: 'bars',
          label: 'label',
          value: 'turns',
          valueTitle: 'Turns',
          format: 'integer',
          top: 10,
          click: { link: 'user', field: 'user_id' },
        },
        {
          dataset: 'top_users',
          isWide: true,
          unit: 'day',
          buckets: [],
          marks: [],
          rowsOf: () => [],
        },
        rows,
      ),
      dataset: 'top_users',
      click: { link: 'user', field: 'user_id' },
      summary: `Top users. User 1 leads with ${turns[0] ?? 0} turns.`,
      table: {
        columns: [
          { field: 'label', title: 'User', align: 'start' },
          { field: 'turns', title: 'Turns', align: 'end' },
        ],
        rows: rows.map(({ label, turns: count, user_id: userId }) => [
          named(label, { kind: 'user', userId }),
          String(count),
        ]),
      },
    },
    datasets: { top_users: rows },
  };
}

export function modelOf(blocks: readonly ReportBlock[], changes: Partial<ReportModel> = {}): ReportModel {
  return {
    v: 1,
    reportId: 'overview',
    title: 'Overview',
    subtitle: 'All instances',
    scope: { kind: 'all' },
    settings: SETTINGS,
    filters: [],
    sources: [{ id: 1, name: 'fasgpt', lastSync: '2026-03-28 14:00:05' }],
    period: {
      title: 'Last 30 days',
      days: '2026-03-01 to 2026-03-30',
      from: '2026-03-01',
      to: '2026-03-30',
      comparedWith: '2026-01-30 to 2026-02-28',
      bucket: 'day',
    },
    isEmpty: false,
    knownDays: '2025-03-01 to 2026-03-28',
    sections: [{ id: 'all', title: 'All', blocks }],
    datasets: DATASETS,
    notes: ['Deleted chats stay in all numbers.'],
    definitions: [{ id: 'turns', title: 'Turns', definition: 'Messages that users wrote.' }],
    queries: [{ id: 'by_user', title: 'Users', sql: 'SELECT 1', rowCount: 3, elapsedMs: 1.5 }],
    freshness: 'Data as of 2026-03-28 14:00:05',
    zone: 'Europe/Berlin',
    generation: 7,
    createdAt: '2026-03-30T10:00:00Z',
    elapsedMs: 42,
    ...changes,
  };
}

/** The place of a block whose numbers are still to come. */
export function pending(block: ReportBlock): ReportBlock {
  return {
    type: 'pending',
    id: block.id,
    title: 'title' in block ? block.title : '',
    isWide: 'isWide' in block ? block.isWide : true,
    of: block.type === 'pending' || block.type === 'failed' ? 'table' : block.type,
  };
}

export function frameOf(blocks: readonly ReportBlock[], changes: Partial<ReportModel> = {}): ToPage {
  const model = modelOf(blocks.map(pending), { datasets: {}, notes: [], queries: [], ...changes });
  return { type: 'part', part: { type: 'frame', model } };
}

export function part(block: ReportBlock, datasets: ReportModel['datasets'] = {}): ToPage {
  return { type: 'part', part: { type: 'block', block, datasets } };
}

export function endOf(changes: Partial<ReportModel> = {}): ToPage {
  return { type: 'end', end: modelOf([], changes) };
}

export function stateOf(
  state: ReportState,
  settings: ReportSettings = SETTINGS,
  version = REPORT_PROTOCOL,
): ToPage {
  return {
    type: 'state',
    version,
    settings,
    choices: {
      reports: [
        { id: 'overview', title: 'Overview', description: 'Who uses what.' },
        { id: 'cost', title: 'Cost', description: 'What it costs.' },
      ],
      instances: [
        { id: 1, name: 'fasgpt' },
        { id: 2, name: 'research' },
        { id: 3, name: 'test' },
      ],
      warehouses: [],
      presets: PERIOD_PRESETS,
      comparisons: COMPARISONS,
      granularities: GRANULARITIES,
    },
    state,
  };
}

/** A whole report, ready. */
export function readyOf(
  blocks: readonly ReportBlock[],
  changes: Partial<ReportModel> = {},
  settings: ReportSettings = SETTINGS,
): ToPage {
  return stateOf({ phase: 'ready', model: modelOf(blocks, changes), isStale: false }, settings);
}
