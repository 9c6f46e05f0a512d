import assert from 'node:assert/strict';
import { readXlsx } from 'hucre/xlsx';
import type { ExportModel } from '../../../../src/reports/export/cover';
import { tableCsv } from '../../../../src/reports/export/csvExport';
import { tablesOf } from '../../../../src/reports/export/exportTables';
import { renderExport } from '../../../../src/reports/export/renderExport';
import { reportJson } from '../../../../src/reports/export/reportJson';
import { MAX_MARKDOWN_ROWS, reportMarkdown } from '../../../../src/reports/export/reportMarkdown';
import { reportXlsx } from '../../../../src/reports/export/reportXlsx';
import { exportModel, sentences, tiles, USER_ROWS, userChart, userTable } from './model';

const WHOLE = exportModel([tiles(), sentences(), userChart(), userTable()]);

function empty(): ExportModel {
  return exportModel([tiles(), userTable()], { isEmpty: true, datasets: {} });
}

/** What every export says of itself. */
const COVER = [
  'All instances',
  'Last 30 days: 2026-03-02 to 2026-03-31',
  '2026-01-31 to 2026-03-01',
  'admin',
  '2025-03-01 to 2026-03-31',
  'Data as of 2026-03-31 12:30:00',
  'Europe/Berlin',
  '2026-03-31 13:00:00',
];

describe('tables of a report', () => {
  it('hold the raw values of the columns that are shown, in the order of the report', () => {
    assert.deepEqual(
      tablesOf(WHOLE).map(({ id, rows }) => ({ id, rows })),
      [
        { id: 'topUsers', rows: [['Anna'], ['=cmd|x']] },
        {
          id: 'userTable',
          rows: [
            ['Anna', 'anna@example.com', 1204, 0.75, '2026-03-05 10:00:00'],
            ['=cmd|x', null, -3, null, null],
          ],
        },
      ],
    );
  });

  it('know what their columns hold', () => {
    const [, table] = tablesOf(WHOLE);
    assert.deepEqual(
      table?.columns.map(({ kind }) => kind),
      ['text', 'text', 'integer', 'percent', 'time'],
    );
  });
});

describe('CSV of a table', () => {
  it('has typed values under the titles, with no formula in texts and negative numbers as numbers', () => {
    const [, table] = tablesOf(WHOLE);
    assert.ok(table !== undefined);
    assert.deepEqual(
      [...tableCsv(table)].join(''),
      '\uFEFFUser,E-mail,Turns,Share,Last turn\r\n' +
        'Anna,anna@example.com,1204,0.75,2026-03-05 10:00:00\r\n' +
        `'=cmd|x,,-3,,\r\n`,
    );
  });

  it('needs a table that exists', async () => {
    await assert.rejects(
      renderExport(WHOLE, { format: 'csv', tableId: 'nothing' }),
      /no table "nothing". It has: topUsers, userTable/u,
    );
    await assert.rejects(renderExport(WHOLE, { format: 'csv' }), /It has: topUsers, userTable/u);
    await assert.rejects(
      renderExport(empty(), { format: 'csv', tableId: 'userTable' }),
      /No messages in this period/u,
    );
  });
});

describe('a report as a workbook', () => {
  it('has a sheet about the report, then one per chart and table', async () => {
    const { sheets } = await readXlsx(await reportXlsx(WHOLE));
    assert.deepEqual(
      sheets.map(({ name }) => name),
      ['About', 'Top users', 'All users'],
    );
    const about = (sheets[0]?.rows ?? []).flat().map(String);
    for (const text of [...COVER, '1,201', '+12% from 1,072', 'Turns rose by 12%.', 'Anna: +120 of 132']) {
      assert.ok(about.includes(text), text);
    }
    assert.ok(about.includes('Messages written by users.'));
    assert.ok(about.includes('Deleted chats stay in all numbers.'));
  });

  it('holds typed values and says what is left out', async () => {
    const { sheets } = await readXlsx(await reportXlsx(WHOLE));
    const [titles, first, second, , note] = sheets[2]?.rows ?? [];
    assert.deepEqual(titles, ['User', 'E-mail', 'Turns', 'Share', 'Last turn']);
    assert.deepEqual(first, ['Anna', 'anna@example.com', 1204, 0.75, new Date('2026-03-05T10:00:00Z')]);
    assert.deepEqual(second?.slice(0, 4), ['=cmd|x', null, -3, null]);
    assert.match(String(note?.[0]), /118 more are left out/u);
  });

  it('says that a period is empty', async () => {
    const { sheets } = await readXlsx(await reportXlsx(empty()));
    assert.equal(sheets.length, 1);
    assert.ok(sheets[0]?.rows.flat().some((text) => String(text).startsWith('No messages in this period')));
  });
});

describe('a report as JSON', () => {
  it('holds what it covers, its datasets with units, and definitions', () => {
    const json = JSON.parse(reportJson(WHOLE)) as Record<string, unknown>;
    assert.deepEqual(
      {
        format: json['format'],
        version: json['version'],
        report: json['report'],
        zone: json['zone'],
        filters: json['filters'],
        definitions: json['definitions'],
        isPseudonymised: json['isPseudonymised'],
      },
      {
        format: 'openwebui-sync-report',
        version: 1,
        report: { id: 'people', title: 'Users' },
        zone: 'Europe/Berlin',
        filters: WHOLE.filters,
        definitions: WHOLE.definitions,
        isPseudonymised: false,
      },
    );
    const { by_user } = json['datasets'] as Record<string, { columns: object[]; rows: object[] }>;
    assert.deepEqual(by_user?.rows, USER_ROWS);
    assert.deepEqual(
      by_user.columns.find((column) => 'field' in column && column.field === 'turns'),
      { field: 'turns', title: 'Turns', unit: 'integer', definition: 'Messages written by users.' },
    );
    assert.deepEqual(
      (json['tables'] as { id: string; fields: string[] }[]).map(({ id, fields }) => [id, fields.length]),
      [
        ['topUsers', 1],
        ['userTable', 5],
      ],
    );
  });
});

describe('a report as Markdown', () => {
  it('holds the cover, tiles, sentences, what charts say, and tables', () => {
    const text = reportMarkdown(WHOLE);
    for (const words of [
      '# Users: All instances',
      ...COVER.slice(1),
      '| Turns | 1,201 | +12% from 1,072 | most by Anna |',
      '- **Turns rose by 12%.**\n  - Anna: +120 of 132\n- Nothing else is unusual.',
      '**Top users.** Top users. Anna has the most: 1,204.',
      '| Anna | anna@example.com | 1,204 | 75% | 2026-03-05 10:00:00 |',
      '118 more are left out here',
      '**Turns**: Messages written by users.',
    ]) {
      assert.ok(text.includes(words), words);
    }
  });

  it('takes nothing in names for markup', () => {
    assert.ok(reportMarkdown(WHOLE).includes('| =cmd\\|x |'));
    const hostile = exportModel([], { subtitle: '<img src=x>\n# *[a](b)*' });
    assert.ok(reportMarkdown(hostile).startsWith('# Users: \\<img src=x\\> \\# \\*\\[a\\](b)\\*\n'));
  });

  it('shows the first rows of a long table and how many are left out', () => {
    const table = userTable();
    assert.ok(table.type === 'table');
    const rows = Array.from({ length: 50 }, (_, index) => [`user ${index}`, '', '', '', '']);
    const text = reportMarkdown(exportModel([{ ...table, table: { ...table.table, rows } }]));
    assert.ok(text.includes(`| user ${MAX_MARKDOWN_ROWS - 1} |`));
    assert.ok(!text.includes(`| user ${MAX_MARKDOWN_ROWS} |`));
    assert.ok(text.includes('20 of 50 rows; 30 more are left out here.'));
  });
});
