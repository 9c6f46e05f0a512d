import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstWords, sqlBlock, titleOf, withTitle } from '../../../../src/extension/queries/queryText';
import { loadSavedQueries, queriesFolder } from '../../../../src/extension/queries/savedQueries';

describe('saved queries', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'queries-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('are the files of a folder, by the titles in their first lines', async () => {
    const folder = queriesFolder(root);
    await mkdir(folder);
    await writeFile(join(folder, 'b.owsql'), '-- Active users\nSELECT 1');
    await writeFile(join(folder, 'untitled.owsql'), 'SELECT 2');
    await writeFile(join(folder, 'notes.txt'), 'no query');
    assert.deepEqual(await loadSavedQueries(folder), [
      { file: join(folder, 'b.owsql'), title: 'Active users', sql: '-- Active users\nSELECT 1' },
      { file: join(folder, 'untitled.owsql'), title: 'untitled', sql: 'SELECT 2' },
    ]);
  });

  it('are none while there is no folder', async () => {
    assert.deepEqual(await loadSavedQueries(queriesFolder(root)), []);
  });
});

describe('the text of a query', () => {
  it('has a title where it begins with a comment', () => {
    assert.equal(titleOf('\n--  Active users \r\nSELECT 1'), 'Active users');
    assert.equal(titleOf('SELECT 1 -- no title'), undefined);
    assert.equal(titleOf('--\nSELECT 1'), undefined);
  });

  it('gets another title without losing anything else', () => {
    assert.equal(withTitle('-- Old\n-- note\nSELECT 1', 'New $& one'), '-- New $& one\n-- note\nSELECT 1');
    assert.equal(withTitle('\nSELECT 1', 'New'), '-- New\nSELECT 1');
    assert.equal(withTitle('SELECT 1', 'two\nlines'), '-- two lines\nSELECT 1');
  });

  it('is told by its first words, without comments', () => {
    assert.equal(firstWords('-- title\n/* note */ SELECT *\n  FROM users'), 'SELECT * FROM users');
    assert.equal(firstWords(`SELECT ${'x'.repeat(200)}`, 20), 'SELECT xxxxxxxxxxxx…');
  });

  it('stays one block of Markdown, whatever it holds', () => {
    assert.equal(sqlBlock('SELECT 1'), '```sql\nSELECT 1\n```');
    assert.match(sqlBlock("SELECT '```'"), /^````sql\n/);
    assert.ok(sqlBlock('x'.repeat(5000)).length < 2100);
  });
});
