import assert from 'node:assert/strict';
import {
  reportsTree,
  type ReportNode,
  type ReportsView,
} from '../../../../../src/extension/views/reports/reportNodes';
import { REPORTS } from '../../../../../src/reports/catalogue';
import { ownReport, ownReportId } from '../../../../../src/reports/own/ownReport';
import { parseOwnReport } from '../../../../../src/reports/own/ownReportFile';
import { DEFAULT_SETTINGS } from '../../../../../src/reports/reportSettings';
import type { TreeNode } from '../../../../../src/extension/views/tree/treeNode';

const MINE = ownReport(
  ownReportId('mine'),
  parseOwnReport(JSON.stringify({ title: 'My turns', blocks: [{ title: 'Turns', sql: 'SELECT 1' }] })),
  () => 'SELECT 1',
);

function aView(overrides: Partial<ReportsView> = {}): ReportsView {
  return { catalogue: REPORTS, saved: [], own: [], ...overrides };
}

const group = (view: ReportsView, name: string): TreeNode | undefined =>
  reportsTree(view).find(({ id }) => id === `group:${name}`);

describe('the tree of reports', () => {
  it('has the dashboard and every report of the product, and no empty groups', () => {
    assert.deepEqual(
      reportsTree(aView()).map(({ label }) => label),
      ['Dashboard', ...REPORTS.map(({ title }) => title)],
    );
  });

  it('has saved settings under their names, with the report that they are of', () => {
    const saved = [
      { name: 'Sales in March', settings: { ...DEFAULT_SETTINGS, reportId: 'users' } },
      { name: 'Gone', settings: { ...DEFAULT_SETTINGS, reportId: 'own:gone', source: 'demo' as const } },
    ];
    const users = REPORTS.find(({ id }) => id === 'users');
    const nodes = group(aView({ saved }), 'saved')?.children as readonly ReportNode[];
    assert.deepEqual(
      nodes.map(({ label, description, target }) => [label, description, target]),
      [
        ['Sales in March', users?.title, { kind: 'saved', name: 'Sales in March' }],
        ['Gone', 'its report is gone · demo', { kind: 'saved', name: 'Gone' }],
      ],
    );
  });

  it('has reports of one’s own with their files, and says what is wrong with one', () => {
    const own = [
      { file: '/reports/mine.report.json', definition: MINE },
      { file: '/reports/broken.report.json', failure: 'blocks: missing' },
    ];
    const [mine, broken] = group(aView({ own }), 'own')?.children as readonly ReportNode[];
    assert.equal(mine?.label, 'My turns');
    assert.deepEqual(mine.target, { kind: 'report', reportId: MINE.id });
    assert.equal(broken?.description, 'blocks: missing');
    assert.equal(broken.click?.command, 'openwebuiSync.editReport');
    assert.equal(broken.spoken, 'broken, failed, blocks: missing');
  });

  it('has a line of its own for each, whatever they are called', () => {
    const saved = [{ name: 'users', settings: { ...DEFAULT_SETTINGS, reportId: 'users' } }];
    const nodes = reportsTree(aView({ saved })).flatMap((node) => [node, ...node.children]);
    assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  });
});
