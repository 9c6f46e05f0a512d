import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from 'vega-lite';
import ownReportSchema from '../../../../media/own-report.schema.json';
import { buildReport } from '../../../../src/reports/buildReport';
import { loadOwnReports, type LoadedReport } from '../../../../src/reports/own/loadOwnReports';
import { parseOwnReport } from '../../../../src/reports/own/ownReportFile';
import type { ReportModel } from '../../../../src/reports/reportModel';
import { TestMirror, at } from '../mirror';
import { requestOf } from '../reading';

const CHART = { mark: 'bar', encoding: { x: { field: 'date', type: 'ordinal' } } };

describe('a report of one’s own', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'own-reports-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function load(report: unknown, files: Readonly<Record<string, string>> = {}): Promise<LoadedReport> {
    const text = typeof report === 'string' ? report : JSON.stringify(report);
    await writeFile(join(folder, 'mine.report.json'), text);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    const [loaded] = await loadOwnReports(folder);
    assert.ok(loaded !== undefined);
    return loaded;
  }

  async function failureOf(report: unknown, files = {}): Promise<string> {
    const loaded = await load(report, files);
    assert.ok('failure' in loaded, 'the report was taken');
    return loaded.failure;
  }

  async function build(
    report: unknown,
    files: Readonly<Record<string, string>>,
    fill: (mirror: TestMirror) => void,
    filter = {},
  ): Promise<ReportModel> {
    const loaded = await load(report, files);
    assert.ok('definition' in loaded, 'failure' in loaded ? loaded.failure : '');
    const { definition } = loaded;
    const mirror = await TestMirror.create();
    try {
      fill(mirror);
      return await buildReport(mirror, definition, requestOf({ definition, filter }));
    } finally {
      mirror.dispose();
    }
  }

  it('counts as the product does, for the period, instances and filters that are picked', async () => {
    const report = {
      title: 'Mine',
      blocks: [
        { title: 'Turns', sql: 'SELECT {{turns}} AS turns FROM main.v_turns t WHERE {{in_period(t)}};' },
      ],
    };
    const fill = (mirror: TestMirror): void => {
      const instance = mirror.instance('fasgpt');
      const [ann, bob] = [mirror.user(instance, 'Ann'), mirror.user(instance, 'Bob')];
      mirror.turn(mirror.chat(ann), at('2026-03-02 10:00'));
      mirror.turn(mirror.chat(bob), at('2026-03-02 10:00'));
      mirror.turn(mirror.chat(bob), at('2026-02-02 10:00'));
    };
    assert.deepEqual((await build(report, {}, fill)).datasets['query_1'], [{ turns: 2 }]);
    assert.deepEqual((await build(report, {}, fill, { roles: ['admin'] })).datasets['query_1'], [
      { turns: 0 },
    ]);
  });

  it('takes its statement from lines or from a file beside it, and shows all columns of a table', async () => {
    const report = {
      title: 'Mine',
      blocks: [
        { title: 'Lines', sql: ['SELECT 1 AS one,', '2.5 AS half, NULL AS none'] },
        { title: 'File', sql: { file: 'two.sql' } },
      ],
    };
    const model = await build(report, { 'two.sql': `SELECT 'a' AS text` }, (mirror) => mirror.instance('x'));
    const tables = model.sections.flatMap(({ blocks }) => blocks);
    assert.deepEqual(
      tables.map((block) => (block.type === 'table' ? block.table : undefined)),
      [
        {
          columns: [
            {
              field: 'one',
              title: 'one',
              align: 'end',
              format: 'integer',
              definition: undefined,
              holds: undefined,
            },
            {
              field: 'half',
              title: 'half',
              align: 'end',
              format: 'decimal',
              definition: undefined,
              holds: undefined,
            },
            {
              field: 'none',
              title: 'none',
              align: 'start',
              format: undefined,
              definition: undefined,
              holds: undefined,
            },
          ],
          rows: [['1', '2.5', '–']],
        },
        {
          columns: [
            {
              field: 'text',
              title: 'text',
              align: 'start',
              format: undefined,
              definition: undefined,
              holds: undefined,
            },
          ],
          rows: [['a']],
        },
      ],
    );
  });

  it('draws its spec over the rows of its statement, and shows its words', async () => {
    const report = {
      title: 'Mine',
      blocks: [
        { text: 'Read this first.' },
        { title: 'Days', sql: `SELECT '2026-03-01' AS date, 3 AS n`, chart: CHART },
      ],
    };
    const model = await build(report, {}, (mirror) => mirror.instance('x'));
    const [words, chart] = model.sections.flatMap(({ blocks }) => blocks);
    assert.ok(words?.type === 'text' && chart?.type === 'chart');
    assert.deepEqual(
      words.sentences.map(({ text }) => text),
      ['Read this first.'],
    );
    assert.deepEqual((chart.spec as { data?: unknown }).data, { name: 'query_2' });
    assert.equal(compile(chart.spec).spec.marks?.length, 1);
  });

  it('reports what is wrong with a file and where, and leaves other files alone', async () => {
    await writeFile(
      join(folder, 'good.report.json'),
      JSON.stringify({ title: 'Good', blocks: [{ text: 'x' }] }),
    );
    await writeFile(join(folder, 'notes.json'), '{}');
    await writeFile(join(folder, 'bad.report.json'), '{"title": "Bad"');
    const [bad, good, ...others] = await loadOwnReports(folder);
    assert.ok(bad !== undefined && 'failure' in bad && bad.failure.startsWith('Not JSON: '));
    assert.ok(good !== undefined && 'definition' in good && good.definition.id === 'own:good');
    assert.deepEqual(others, []);
  });

  it('names the place of what it does not understand', async () => {
    assert.match(await failureOf({ title: '', blocks: [] }), /title: .*blocks: /u);
    assert.match(await failureOf({ title: 'x', blocks: [{ text: 'x' }], script: 'y' }), /script/u);
  });

  it('is none without a folder', async () => {
    assert.deepEqual(await loadOwnReports(join(folder, 'nowhere')), []);
  });

  for (const [what, chart] of Object.entries({
    'data of an address': { ...CHART, data: { url: 'http://127.0.0.1/x.json' } },
    'a lookup of an address': {
      ...CHART,
      transform: [{ lookup: 'a', from: { data: { url: 'file:///etc/passwd' }, key: 'a' } }],
    },
    'a link': { ...CHART, encoding: { href: { value: 'https://example.com' } } },
  })) {
    it(`may not hold ${what}`, () => {
      const text = JSON.stringify({ title: 'x', blocks: [{ title: 'x', sql: 'SELECT 1', chart }] });
      assert.throws(() => parseOwnReport(text), /loads nothing: remove "(?:url|href)"/u);
    });
  }

  for (const file of ['../secret.sql', '/etc/passwd']) {
    it(`may not read ${file}`, async () => {
      const report = { title: 'x', blocks: [{ title: 'x', sql: { file } }] };
      assert.match(await failureOf(report), /is not in the folder of the report/u);
    });
  }

  it('says which statement file is missing', async () => {
    const report = { title: 'x', blocks: [{ title: 'x', sql: { file: 'gone.sql' } }] };
    assert.equal(await failureOf(report), 'Cannot read "gone.sql". Put the file beside the report.');
  });

  it('runs its statements apart from ours', async () => {
    const loaded = await load({ title: 'Mine', blocks: [{ title: 'x', sql: 'SELECT 7 AS seven' }] });
    assert.ok('definition' in loaded);
    const mirror = await TestMirror.create();
    mirror.instance('x');
    const ran: string[] = [];
    await buildReport(mirror, loaded.definition, requestOf({ definition: loaded.definition }), {
      runOwn: (sql, parameters) => {
        ran.push(sql);
        return mirror.query(sql, parameters);
      },
    });
    assert.deepEqual(ran, ['SELECT 7 AS seven']);
    mirror.dispose();
  });

  it('has in the editor’s schema the properties that are read', () => {
    const { definitions, properties } = ownReportSchema;
    const whole = {
      $schema: 'x',
      title: 'x',
      description: 'x',
      blocks: [
        { title: 'x', text: 'x' },
        {
          title: 'x',
          description: 'x',
          sql: 'SELECT 1',
          chart: {},
          columns: [{ field: 'x', title: 'x', format: 'integer' }],
          isWide: true,
        },
      ],
    };
    const [text, query] = parseOwnReport(JSON.stringify(whole)).blocks;
    assert.deepEqual(Object.keys(whole).sort(), Object.keys(properties).sort());
    assert.deepEqual(Object.keys(text ?? {}).sort(), Object.keys(definitions.text.properties).sort());
    assert.deepEqual(Object.keys(query ?? {}).sort(), Object.keys(definitions.query.properties).sort());
  });
});
