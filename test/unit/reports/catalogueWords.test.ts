import assert from 'node:assert/strict';
import { REPORTS } from '../../../src/reports/catalogue';
import type { Metric } from '../../../src/reports/metrics/metric';
import { isMetricId, METRICS } from '../../../src/reports/metrics/metrics';
import type {
  BlockDefinition,
  ColumnDefinition,
  ReportDefinition,
} from '../../../src/reports/reportDefinition';
import { metricsIn } from '../../../src/reports/sqlTemplate';

/** Numbers that name a place and count nothing. */
const PLACES = new Set(['rank', 'hour', 'step', 'days']);

function blocksOf({ sections }: ReportDefinition): readonly BlockDefinition[] {
  return sections.flatMap(({ blocks }) => blocks);
}

function columnsOf(block: BlockDefinition): readonly ColumnDefinition[] {
  return block.type === 'chart' || block.type === 'table' ? block.columns : [];
}

/** Metrics that a report counts, shows or names in its notes. */
function metricsOf(report: ReportDefinition): readonly string[] {
  const counted = Object.values(report.datasets).flatMap((dataset) =>
    'sql' in dataset ? metricsIn(dataset.sql) : [],
  );
  const shown = blocksOf(report).flatMap((block) =>
    block.type === 'kpis'
      ? block.tiles.map(({ metric }) => metric)
      : columnsOf(block).map(({ field }) => field),
  );
  const said = report.notes.flatMap(({ text }) =>
    [...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? ''),
  );
  return [...counted, ...shown, ...said];
}

describe('The words of the catalogue', () => {
  for (const report of REPORTS) {
    it(`tell what every number of the report "${report.id}" means`, () => {
      const untold = blocksOf(report).flatMap((block) =>
        columnsOf(block)
          .filter(({ field, format }) => format !== undefined && !PLACES.has(field))
          .filter(({ field, definition = '' }) => !isMetricId(field) && definition === '')
          .map(({ field }) => `${block.id}: ${field}`),
      );
      assert.deepEqual(untold, []);
    });

    it(`have one name for each block of the report "${report.id}"`, () => {
      const ids = blocksOf(report).map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
    });
  }

  it('define every metric in sentences, with its SQL or as a formula', () => {
    for (const [id, { title, definition, sql }] of Object.entries<Metric>(METRICS)) {
      assert.match(title, /^[A-Z0-9]/u, id);
      assert.match(definition, /\.$/u, id);
      assert.ok(definition.length > 10, id);
      assert.notEqual(sql, '', id);
    }
  });

  it('never call characters tokens (trap 4)', () => {
    for (const [id, { title, definition, sql = '' }] of Object.entries<Metric>(METRICS)) {
      const isOfCharacters = id.includes('chars') || sql.includes('content_chars');
      assert.ok(!isOfCharacters || !/token/iu.test(title), id);
      assert.ok(!isOfCharacters || /characters/iu.test(definition), id);
    }
  });

  it('hold no metric that no report uses', () => {
    const used = new Set(REPORTS.flatMap(metricsOf));
    assert.deepEqual(
      Object.keys(METRICS).filter((id) => !used.has(id)),
      [],
    );
  });
});
