import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoDatabaseError } from '../../../../src/store/errors';
import { describeSchema } from '../../../../src/store/schema/describeSchema';
import { parseSchemaPage } from '../../../../src/store/schema/schemaPage';
import type { SchemaTable } from '../../../../src/store/schema/schemaTypes';
import { TestMirror } from '../../reports/mirror';

const PAGE = parseSchemaPage(readFileSync(join(__dirname, '../../../../docs/schema.md'), 'utf8'));

describe('the description of the database', () => {
  let mirror: TestMirror;
  let tables: readonly SchemaTable[];

  beforeEach(async () => {
    mirror = await TestMirror.create();
    tables = await describeSchema(mirror);
  });
  afterEach(() => mirror.dispose());

  const find = (name: string): SchemaTable => {
    const table = tables.find((candidate) => candidate.name === name);
    assert.ok(table, name);
    return table;
  };
  const meaning = (table: string, column: string): string | undefined =>
    find(table).columns.find(({ name }) => name === column)?.meaning;

  it('tells tables and views with the types of their columns', () => {
    assert.equal(find('users').kind, 'table');
    assert.equal(find('v_turns').kind, 'view');
    assert.deepEqual(
      find('chat_tags').columns.map(({ name, type }) => [name, type]),
      [
        ['instance_id', 'INTEGER'],
        ['chat_id', 'INTEGER'],
        ['tag', 'BLOB'],
        ['sync_datetime', 'TEXT'],
        ['is_deleted', 'INTEGER'],
      ],
    );
  });

  it('tells what a row is, in the order of the page', () => {
    assert.match(find('users').meaning ?? '', /^an account\. `role`: admin/i);
    assert.deepEqual(
      tables.filter(({ isInternal }) => !isInternal).map(({ name }) => name),
      [...PAGE.tables.keys()],
    );
  });

  it('says links of the page as words: elsewhere they lead nowhere', () => {
    assert.match(find('v_turns').meaning ?? '', /see metrics$/);
    for (const { meaning: ofTable, columns } of tables) {
      for (const text of [ofTable, ...columns.map((column) => column.meaning)]) {
        assert.doesNotMatch(text ?? '', /\]\(/);
      }
    }
  });

  it('keeps what people need not see apart', () => {
    assert.deepEqual(
      tables.filter(({ isInternal }) => isInternal).map(({ name }) => name),
      ['message', 'message_text'],
    );
  });

  it('tells what a column means in its table, else in every table', () => {
    assert.match(meaning('messages', 'parent_id') ?? '', /regenerations/);
    assert.match(meaning('v_turns', 'parent_id') ?? '', /what it follows/);
    assert.equal(meaning('chats', 'instance_id'), '`instances.id`');
    assert.match(meaning('users', 'last_active_at_epoch') ?? '', /seconds since 1970/);
  });

  it('knows a meaning of at least nine in ten columns, and of every table that is not internal', () => {
    const shown = tables.filter(({ isInternal }) => !isInternal);
    const columns = shown.flatMap((table) =>
      table.columns.map((column) => ({ ...column, at: `${table.name}.${column.name}` })),
    );
    const silent = columns.filter((column) => column.meaning === undefined);
    assert.ok(silent.length <= columns.length / 10, silent.map(({ at }) => at).join(', '));
    assert.deepEqual(
      shown.filter((table) => table.meaning === undefined).map(({ name }) => name),
      [],
    );
  });

  it('finds in the database whatever the page names', () => {
    const there = new Set(tables.flatMap(({ name, columns }) => columns.map((c) => `${name}.${c.name}`)));
    const names = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)));
    assert.deepEqual(
      [...PAGE.columns.keys()].filter((name) => !there.has(name)),
      [],
    );
    assert.deepEqual(
      [...PAGE.common.keys()].filter((name) => !name.startsWith('*') && !names.has(name)),
      [],
    );
  });

  it('describes what an older or a newer version has as well', async () => {
    mirror.run('DROP VIEW v_sources');
    mirror.run('ALTER TABLE users ADD COLUMN shoe_size REAL');
    mirror.run('CREATE TABLE shelves (id INTEGER PRIMARY KEY)');
    tables = await describeSchema(mirror);
    assert.equal(
      tables.some(({ name }) => name === 'v_sources'),
      false,
    );
    assert.deepEqual(find('users').columns.at(-1), { name: 'shoe_size', type: 'REAL', meaning: undefined });
    assert.equal(find('shelves').isInternal, true);
  });

  it('passes on that there is no database', async () => {
    const reader = { query: () => Promise.reject(new NoDatabaseError()) };
    await assert.rejects(describeSchema(reader), NoDatabaseError);
  });
});
