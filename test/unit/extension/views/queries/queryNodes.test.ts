import assert from 'node:assert/strict';
import {
  queriesTree,
  type QueriesView,
  type QueryNode,
} from '../../../../../src/extension/views/queries/queryNodes';
import type { TreeNode } from '../../../../../src/extension/views/tree/treeNode';
import { HALF_PAST_TWO, NOW } from '../../builders';

function aView(overrides: Partial<QueriesView> = {}): QueriesView {
  return {
    examples: [{ title: 'Who wrote the most?', note: 'Turns\nof users.', sql: 'SELECT 1;' }],
    mine: [{ file: '/data/queries/a.owsql', title: 'Active *users*', sql: '-- Active *users*\nSELECT 2' }],
    history: [
      {
        id: '1',
        sql: '-- note\nSELECT *\nFROM users',
        sourceId: 'mirror',
        startedAt: HALF_PAST_TWO * 1000,
        elapsedMs: 420,
        rowCount: 12,
      },
    ],
    historyState: 'on',
    zone: 'UTC',
    now: NOW,
    ...overrides,
  };
}

function group(view: QueriesView, name: string): TreeNode {
  const found = queriesTree(view).find(({ id }) => id === `group:${name}`);
  assert.ok(found);
  return found;
}

describe('the tree of queries', () => {
  it('has one’s own queries, the history and examples', () => {
    assert.deepEqual(
      queriesTree(aView()).map(({ label, children }) => [label, children.length]),
      [
        ['My Queries', 1],
        ['History', 1],
        ['Examples', 1],
      ],
    );
  });

  it('tells of each statement that ran its beginning, time, rows and duration', () => {
    const [node] = group(aView(), 'history').children;
    assert.equal(node?.label, 'SELECT * FROM users');
    assert.equal(node.description, '14:30 · 12 rows · 0.4 s');
    assert.equal(node.icon.id, 'pass');
    assert.equal(node.contextValue, 'type=query,place=history');
  });

  it('shows what failed, and says so to a screen reader', () => {
    const { rowCount, ...ended } = aView().history[0]!;
    const view = aView({ history: [{ ...ended, sourceId: 'demo', error: 'no such table: x' }] });
    const [node] = group(view, 'history').children;
    assert.equal(node?.icon.id, 'error');
    assert.equal(node.description, '14:30 · demo · 0.4 s · no such table: x');
    assert.match(node.spoken ?? '', /, failed, /);
    assert.equal(rowCount, 12);
  });

  it('says when nothing is kept, or nothing is there', () => {
    const words = (overrides: Partial<QueriesView>) => group(aView(overrides), 'history').description;
    assert.equal(words({}), undefined);
    assert.equal(words({ historyState: 'paused' }), 'paused');
    assert.equal(words({ historyState: 'off' }), 'off');
    assert.match(words({ history: [] }) ?? '', /without its rows/);
    assert.match(group(aView({ mine: [] }), 'mine').description ?? '', /^Save Query/);
  });

  it('gives an example with its question and note as comments', () => {
    const [node] = group(aView(), 'examples').children as QueryNode[];
    assert.equal(node?.sql, '-- Who wrote the most?\n-- Turns\n-- of users.\n\nSELECT 1;\n');
  });

  it('shows titles of people literally in tooltips', () => {
    const [node] = group(aView(), 'mine').children;
    assert.match(node?.tooltip ?? '', /Active \\\*users\\\*/);
  });
});
