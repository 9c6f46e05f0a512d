import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NumberFormat } from '../../../src/reports/format';
import { ACTIVITY } from '../../../src/reports/metrics/activity';
import { CONVERSATIONS } from '../../../src/reports/metrics/conversations';
import { COST } from '../../../src/reports/metrics/cost';
import { HEALTH } from '../../../src/reports/metrics/health';
import { KNOWLEDGE } from '../../../src/reports/metrics/knowledge';
import type { Metric, MetricFamily } from '../../../src/reports/metrics/metric';
import { METRICS } from '../../../src/reports/metrics/metrics';
import { MODELS } from '../../../src/reports/metrics/models';
import { PEOPLE } from '../../../src/reports/metrics/people';
import { QUALITY } from '../../../src/reports/metrics/quality';
import { TOKENS } from '../../../src/reports/metrics/tokens';
import { statementOf } from './catalogueStatements';

const FILE = join(__dirname, '../../../docs/metrics.md');
/** Set to write the tables anew: `WRITE_METRICS=1 npx mocha test/unit/reports/catalogueDocs.test.ts`. */
const isWriting = process.env['WRITE_METRICS'] !== undefined;

const FAMILIES: readonly (readonly [title: string, metrics: MetricFamily])[] = [
  ['Activity', ACTIVITY],
  ['Tokens', TOKENS],
  ['Quality', QUALITY],
  ['People', PEOPLE],
  ['Conversations', CONVERSATIONS],
  ['Models', MODELS],
  ['Knowledge, files and tools', KNOWLEDGE],
  ['Cost', COST],
  ['Sync health', HEALTH],
];

const UNITS: Readonly<Record<NumberFormat, string>> = {
  integer: 'count',
  compact: 'count',
  decimal: 'number',
  percent: 'share',
  bytes: 'bytes',
  money: 'money',
};

function rowOf([id, metric]: readonly [string, Metric]): string {
  const statement = statementOf(id, metric);
  const counted =
    statement === undefined ? 'by formula' : `\`${statement.aggregate}\` of \`${statement.from}\``;
  const cells = [`\`${id}\``, metric.title, UNITS[metric.format], metric.definition, counted];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function tableOf([title, metrics]: readonly [string, MetricFamily]): string {
  return [
    `### ${title}`,
    '| id | title | unit | definition | counted as |',
    '|---|---|---|---|---|',
    ...Object.entries<Metric>(metrics).map(rowOf),
    '',
  ].join('\n');
}

const BEGIN = '<!-- metrics: begin -->\n';
const END = '<!-- metrics: end -->';

describe('docs/metrics.md', () => {
  const tables = FAMILIES.map(tableOf).join('\n');

  it('lists every metric as the catalogue defines it', () => {
    const text = readFileSync(FILE, 'utf8');
    const [before = '', rest = ''] = text.split(BEGIN);
    const [listed = '', after = ''] = rest.split(END);
    if (isWriting && listed !== tables) {
      writeFileSync(FILE, `${before}${BEGIN}${tables}${END}${after}`);
      return;
    }
    assert.equal(listed, tables, `Put this between the marks of docs/metrics.md:\n${tables}`);
  });

  it('knows every family of the catalogue', () => {
    const listed = FAMILIES.flatMap(([, metrics]) => Object.keys(metrics));
    assert.deepEqual(listed.toSorted(), Object.keys(METRICS).toSorted());
  });
});
