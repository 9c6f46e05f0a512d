import assert from 'node:assert/strict';
import {
  schemaTree,
  selectTop,
  type SchemaNode,
} from '../../../../../src/extension/views/schema/schemaNodes';
import type { SchemaTable } from '../../../../../src/store/schema/schemaTypes';

function aTable(name: string, overrides: Partial<SchemaTable> = {}): SchemaTable {
  return {
    name,
    kind: 'table',
    meaning: 'an account. `role`: admin',
    isInternal: false,
    columns: [
      { name: 'id', type: 'INTEGER', meaning: 'our own integer' },
      { name: 'name', type: 'TEXT', meaning: undefined },
    ],
    ...overrides,
  };
}

const treeOf = (tables: readonly SchemaTable[], hasInternals = false): readonly SchemaNode[] =>
  schemaTree(tables, new Map([['users', 1245]]), { hasInternals });

describe('the tree of the schema', () => {
  it('lists tables and views with their rows, as far as those are counted', () => {
    const nodes = treeOf([aTable('users'), aTable('v_usage', { kind: 'view' }), aTable('chats')]);
    assert.deepEqual(
      nodes.map(({ label, description, icon }) => [label, description, icon.id]),
      [
        ['users', '1,245 rows', 'table'],
        ['v_usage', 'view', 'eye'],
        ['chats', '', 'table'],
      ],
    );
  });

  it('lists columns with their types below, and says what they mean', () => {
    const columns = [
      { name: 'id', type: 'INTEGER', meaning: 'our own integer' },
      { name: 'cost', type: '', meaning: undefined },
    ];
    const [node] = treeOf([aTable('users', { columns })]);
    assert.deepEqual(
      node?.children.map(({ label, description, tooltip }) => [label, description, tooltip]),
      [
        ['id', 'INTEGER', '**users\\.id** INTEGER\n\nour own integer'],
        ['cost', 'computed', '**users\\.cost**'],
      ],
    );
  });

  it('says what a row is', () => {
    assert.equal(
      treeOf([aTable('users')])[0]?.tooltip,
      '**users** (table)\n\nOne row is an account. `role`: admin',
    );
  });

  it('shows what is internal only when it is asked for, and apart', () => {
    const tables = [aTable('users'), aTable('message', { isInternal: true })];
    assert.deepEqual(
      treeOf(tables).map(({ label }) => label),
      ['users'],
    );
    const [, internal] = treeOf(tables, true);
    assert.equal(internal?.description, 'internal');
    assert.equal(internal.icon.color, 'disabledForeground');
  });

  it('keeps the ids of its lines when rows are counted', () => {
    const ids = (counts: ReadonlyMap<string, number>) =>
      schemaTree([aTable('users')], counts, { hasInternals: false }).flatMap(({ id, children }) => [
        id,
        ...children.map((child) => child.id),
      ]);
    assert.deepEqual(ids(new Map()), ids(new Map([['users', 3]])));
  });

  it('has a spoken form of each line', () => {
    const [table, view] = treeOf([aTable('users'), aTable('v_usage', { kind: 'view' })]);
    assert.equal(table?.spoken, 'users, table, 1,245 rows');
    assert.equal(view?.spoken, 'v_usage, view');
    assert.equal(table.children[0]?.spoken, 'id, column, INTEGER');
  });

  it('shows names of other programs literally in tooltips', () => {
    const [node] = treeOf([aTable('[x](command:evil)')]);
    assert.ok(!(node?.tooltip ?? '').includes('[x](command:evil)'));
  });
});

describe('the statement for the top of a table', () => {
  it('shows the newest rows where the table numbers them', () => {
    assert.equal(selectTop(aTable('users')), 'SELECT *\nFROM users\nORDER BY id DESC\nLIMIT 100;\n');
  });

  it('quotes names that need it', () => {
    assert.equal(
      selectTop(aTable('My "table"', { columns: [] })),
      'SELECT *\nFROM "My ""table"""\nLIMIT 100;\n',
    );
  });
});
