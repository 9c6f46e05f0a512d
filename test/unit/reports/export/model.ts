import type { ExportModel } from '../../../../src/reports/export/cover';
import type {
  ReportBlock,
  ReportRow,
  TableCell,
  TableColumnModel,
} from '../../../../src/reports/reportModel';

export const USER_COLUMNS: readonly TableColumnModel[] = [
  { field: 'user', title: 'User', align: 'start', holds: 'person' },
  { field: 'email', title: 'E-mail', align: 'start', holds: 'email' },
  {
    field: 'turns',
    title: 'Turns',
    align: 'end',
    format: 'integer',
    definition: 'Messages written by users.',
  },
  { field: 'share', title: 'Share', align: 'end', format: 'percent' },
  { field: 'last_turn_at', title: 'Last turn', align: 'start' },
];

export const USER_ROWS: readonly ReportRow[] = [
  {
    rank: 1,
    user_id: 7,
    user: 'Anna',
    email: 'anna@example.com',
    label: 'Anna · fasgpt (anna@example.com)',
    turns: 1204,
    share: 0.75,
    last_turn_at: '2026-03-05 10:00:00',
  },
  {
    rank: 2,
    user_id: 8,
    user: '=cmd|x',
    email: null,
    label: '=cmd|x · fasgpt',
    turns: -3,
    share: null,
    last_turn_at: null,
  },
];

/** A model of one section with the blocks that are given. */
export function exportModel(
  blocks: readonly ReportBlock[] = [userTable()],
  overrides: Partial<ExportModel> = {},
): ExportModel {
  return {
    v: 1,
    reportId: 'people',
    title: 'Users',
    subtitle: 'All instances',
    scope: { kind: 'all' },
    settings: {
      reportId: 'people',
      scope: { kind: 'all' },
      period: { kind: 'preset', preset: 'last30' },
      comparison: 'previous',
      unit: 'auto',
      filter: {},
      tables: {},
    },
    filters: [{ kind: 'roles', title: 'Roles', words: 'admin' }],
    sources: [{ id: 1, name: 'fasgpt', lastSync: '2026-03-31 12:30:00' }],
    period: {
      title: 'Last 30 days',
      days: '2026-03-02 to 2026-03-31',
      from: '2026-03-02',
      to: '2026-03-31',
      comparedWith: '2026-01-31 to 2026-03-01',
      bucket: 'day',
    },
    isEmpty: false,
    knownDays: '2025-03-01 to 2026-03-31',
    sections: [{ id: 'users', title: 'Users', blocks }],
    datasets: { by_user: USER_ROWS },
    notes: ['Deleted chats stay in all numbers.'],
    definitions: [{ id: 'turns', title: 'Turns', definition: 'Messages written by users.' }],
    queries: [{ id: 'by_user', title: 'Users', sql: 'SELECT 1', rowCount: 2, elapsedMs: 3 }],
    freshness: 'Data as of 2026-03-31 12:30:00',
    zone: 'Europe/Berlin',
    generation: 12,
    createdAt: '2026-03-31 13:00:00',
    elapsedMs: 20,
    ...overrides,
  };
}

export function userTable(): ReportBlock {
  return {
    type: 'table',
    id: 'userTable',
    title: 'All users',
    description: 'Most turns first.',
    dataset: 'by_user',
    canBeLonger: false,
    cutNote: 'The first 2 of 120 users; 118 more are left out here and count in the totals.',
    table: {
      columns: USER_COLUMNS,
      rows: [
        [linkToUser('Anna', 7), 'anna@example.com', '1,204', '75%', '2026-03-05 10:00:00'],
        [linkToUser('=cmd|x', 8), '–', '-3', '–', '–'],
      ],
    },
  };
}

function linkToUser(text: string, userId: number): Exclude<TableCell, string> {
  return { text, link: { kind: 'user', userId } };
}

export function userChart(): ReportBlock {
  return {
    type: 'chart',
    id: 'topUsers',
    title: 'Top users',
    description: 'The users with the most turns.',
    isWide: true,
    dataset: 'by_user',
    summary: 'Top users. Anna has the most: 1,204.',
    spec: {
      data: { name: 'by_user' },
      mark: 'bar',
      encoding: {
        x: { field: 'turns', type: 'quantitative' },
        y: { field: 'label', type: 'nominal' },
        color: { field: 'user', type: 'nominal', scale: { domain: ['Anna', '=cmd|x'] } },
      },
    },
    table: {
      columns: USER_COLUMNS.slice(0, 1),
      rows: [['Anna'], ['=cmd|x']],
    },
  };
}

export function tiles(): ReportBlock {
  return {
    type: 'kpis',
    id: 'kpis',
    tiles: [
      {
        id: 'turns',
        title: 'Turns',
        value: '1,201',
        definition: 'Messages written by users.',
        note: 'most by Anna',
        change: { direction: 'up', text: '+12%', before: 'from 1,072' },
      },
    ],
  };
}

export function sentences(): ReportBlock {
  return {
    type: 'text',
    id: 'changes',
    title: 'What changed',
    description: 'By size.',
    sentences: [
      { text: 'Turns rose by 12%.', tone: 'notable', details: ['Anna: +120 of 132'] },
      { text: 'Nothing else is unusual.', tone: 'plain', details: [] },
    ],
  };
}
