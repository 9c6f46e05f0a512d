import assert from 'node:assert/strict';
import { OTHER_GROUPS } from '../../../../src/reports/export/smallGroups';
import type { People } from '../../../../src/reports/export/people';
import { pseudonymised } from '../../../../src/reports/export/pseudonyms';
import { TermSweeper } from '../../../../src/reports/export/termSweeper';
import type { ReportBlock, ReportRow } from '../../../../src/reports/reportModel';
import { pseudonymOf } from '../../../../src/store/instances/people';
import { exportModel, sentences, tiles, userChart, userTable } from './model';

const ANNA = pseudonymOf('remote-anna');
const CMD = pseudonymOf('remote-cmd');

const PEOPLE: People = {
  users: [
    { id: 7, remoteId: 'remote-anna', name: 'Anna', email: 'anna@example.com' },
    { id: 8, remoteId: 'remote-cmd', name: '=cmd|x', email: null },
  ],
  smallGroups: [
    { remoteId: 'group-night', name: 'Night crew' },
    { remoteId: 'group-day', name: 'Day crew' },
  ],
  inSmallGroups: 6,
  titles: [],
  files: [],
  locale: 'en',
};

function block<T extends ReportBlock['type']>(
  blocks: readonly ReportBlock[],
  type: T,
): Extract<ReportBlock, { type: T }> {
  const found = blocks.find((candidate) => candidate.type === type);
  assert.ok(found !== undefined);
  return found as Extract<ReportBlock, { type: T }>;
}

function groupTable(
  rows: readonly ReportRow[],
  people: Partial<People> = {},
): readonly (readonly unknown[])[] {
  const table: ReportBlock = {
    type: 'table',
    id: 'groups',
    title: 'Groups',
    description: '',
    dataset: 'by_group',
    canBeLonger: false,
    table: {
      columns: [
        { field: 'rank', title: '#', align: 'end', format: 'integer' },
        { field: 'group', title: 'Group', align: 'start', holds: 'group' },
        { field: 'turns', title: 'Turns', align: 'end', format: 'integer' },
        { field: 'active_users', title: 'Active users', align: 'end', format: 'integer' },
      ],
      rows: rows.map(() => ['', '', '', '']),
    },
  };
  const model = exportModel([table], { datasets: { by_group: rows } });
  const [section] = pseudonymised(model, { ...PEOPLE, ...people }).sections;
  return block(section?.blocks ?? [], 'table').table.rows;
}

describe('a report with pseudonyms', () => {
  const model = pseudonymised(
    exportModel([tiles(), sentences(), userChart(), userTable()], {
      notes: ['Anna has no ratings.'],
      filters: [{ kind: 'users', title: 'Users', words: 'Anna, =cmd|x' }],
      queries: [
        {
          id: 'by_user',
          title: 'Users',
          sql: `SELECT Anna FROM "Anna" -- Anna's\nWHERE name = 'Anna' OR name = 'O''Anna'`,
          rowCount: 1,
          elapsedMs: 1,
        },
      ],
    }),
    PEOPLE,
  );
  const blocks = model.sections[0]?.blocks ?? [];

  it('replaces names in the columns that hold them, by the account of the row', () => {
    const { rows } = block(blocks, 'table').table;
    assert.deepEqual(rows, [
      [ANNA, ANNA, '1,204', '75%', '2026-03-05 10:00:00'],
      [CMD, '–', '-3', '–', '–'],
    ]);
  });

  it('replaces them in labels, specs and summaries of charts', () => {
    const chart = block(blocks, 'chart');
    assert.equal(chart.summary, `Top users. ${ANNA} has the most: 1,204.`);
    assert.ok(JSON.stringify(chart.spec).includes(`"domain":["${ANNA}","${CMD}"]`));
    assert.equal(model.datasets['by_user']?.[0]?.['label'], `${ANNA} · fasgpt (${ANNA})`);
  });

  it('replaces them in sentences, notes and filters', () => {
    assert.equal(block(blocks, 'text').sentences[0]?.details[0], `${ANNA}: +120 of 132`);
    assert.deepEqual(model.notes, [`${ANNA} has no ratings.`]);
    assert.equal(model.filters[0]?.words, `${ANNA}, ${CMD}`);
  });

  it('replaces them in the literals of SQL, and leaves the statement as it is', () => {
    assert.equal(
      model.queries[0]?.sql,
      `SELECT Anna FROM "Anna" -- Anna's\nWHERE name = '${ANNA}' OR name = 'O''${ANNA}'`,
    );
  });

  it('has no links into the editor, and the same words that are no data', () => {
    assert.ok(
      block(blocks, 'table')
        .table.rows.flat()
        .every((cell) => typeof cell === 'string'),
    );
    assert.equal(block(blocks, 'table').title, 'All users');
    assert.ok(model.isPseudonymised);
  });

  it('keeps two people of one name apart by their accounts, and mixes them up nowhere', () => {
    const namesakes: People = {
      ...PEOPLE,
      users: [
        { id: 7, remoteId: 'remote-anna', name: 'Anna', email: null },
        { id: 8, remoteId: 'remote-other', name: 'Anna', email: null },
      ],
    };
    const rows = [7, 8].map((user_id) => ({ user_id, user: 'Anna', turns: 1 }));
    const shown = pseudonymised(
      exportModel([userTable(), sentences()], { datasets: { by_user: rows } }),
      namesakes,
    );
    assert.deepEqual(
      shown.datasets['by_user']?.map(({ user }) => user),
      [ANNA, pseudonymOf('remote-other')],
    );
    const words = JSON.stringify(block(shown.sections[0]?.blocks ?? [], 'text'));
    assert.ok(
      !words.includes('Anna') && !words.includes(ANNA) && !words.includes(pseudonymOf('remote-other')),
    );
  });

  it('numbers titles and files', () => {
    const table = userTable();
    assert.ok(table.type === 'table');
    const [first, second] = table.table.columns;
    assert.ok(first !== undefined && second !== undefined);
    const columns = [
      { ...first, holds: 'title' as const },
      { ...second, holds: 'file' as const },
    ];
    const rows = [
      { user: 'Salary of Bob', email: 'pay.xlsx', label: 'Salary of Bob (2)' },
      { user: 'Plans', email: 'pay.xlsx', label: 'Plans' },
    ];
    const changed = {
      ...table,
      table: {
        columns,
        rows: [
          ['', ''],
          ['', ''],
        ],
      },
    };
    assert.deepEqual(
      pseudonymised(exportModel([changed], { datasets: { by_user: rows } }), PEOPLE).datasets,
      {
        by_user: [
          { user: 'Chat 1', email: 'File 1', label: 'Chat 1 (2)' },
          { user: 'Chat 2', email: 'File 1', label: 'Chat 2' },
        ],
      },
    );
  });

  it('finds titles and files in columns that do not say what they hold, where they are known', () => {
    const rows = [{ user_id: 7, user: 'Anna', email: null, label: 'Salary of Bob, see pay.xlsx' }];
    const known = { ...PEOPLE, titles: ['Salary of Bob'], files: ['pay.xlsx'] };
    const { datasets } = pseudonymised(exportModel([userTable()], { datasets: { by_user: rows } }), known);
    assert.equal(datasets['by_user']?.[0]?.['label'], 'Chat 1, see File 1');
  });

  it('keeps numbers only of datasets that no table shows', () => {
    const datasets = { hidden: [{ who: 'Anna', turns: 3 }] };
    assert.deepEqual(pseudonymised(exportModel([], { datasets }), PEOPLE).datasets, {
      hidden: [{ who: null, turns: 3 }],
    });
  });
});

describe('groups of fewer than five people', () => {
  const ROWS: readonly ReportRow[] = [
    { rank: 1, group: 'Staff', turns: 50, active_users: 9 },
    { rank: 2, group: 'Night crew', turns: 7, active_users: 3 },
    { rank: 3, group: 'Day crew', turns: 4, active_users: 4 },
  ];

  it('become one, with sums of what can be added', () => {
    assert.deepEqual(groupTable(ROWS), [
      ['1', 'Staff', '50', '9'],
      ['3', OTHER_GROUPS, '11', '–'],
    ]);
  });

  it('show no number when they are fewer than five people together', () => {
    assert.deepEqual(groupTable(ROWS, { inSmallGroups: 4 }).at(-1), ['3', OTHER_GROUPS, '–', '–']);
  });

  it('stay apart by step of the time axis', () => {
    const steps = ['2026-03-01', '2026-03-02'].flatMap((bucket) => ROWS.map((row) => ({ ...row, bucket })));
    assert.deepEqual(
      groupTable(steps)
        .filter(([, group]) => group === OTHER_GROUPS)
        .map(([, , turns]) => turns),
      ['11', '11'],
    );
  });
});

describe('sweeping terms out of texts', () => {
  const sweeper = new TermSweeper(
    new Map([
      ['Ann', 'A'],
      ['Ann Lee', 'B'],
      ['ann@x.test', 'C'],
      ['(sic)', 'D'],
      ['***', 'E'],
      ['🦆', 'F'],
    ]),
  );
  for (const [text, expected] of [
    ['Ann and Annual and Joann', 'A and Annual and Joann'],
    ['Ann Lee, Ann Leeds', 'B, A Leeds'],
    ['to ann@x.test.', 'to C.'],
    ['so (sic) it is', 'so D it is'],
    ['by ***', 'by ***'],
    ['🦆 and 🦆🦆', 'F and FF'],
    ['AnnAnn', 'AnnAnn'],
    ['', ''],
  ] as const) {
    it(`makes "${expected}" of "${text}"`, () => assert.equal(sweeper.sweep(text), expected));
  }
});
