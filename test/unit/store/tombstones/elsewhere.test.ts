import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordExport, type ExportEntry } from '../../../../src/store/exportLedger/exportLedger';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { lookElsewhere } from '../../../../src/store/tombstones/elsewhere';
import { elsewhereLines, elsewhereSentence } from '../../../../src/sync/texts/elsewhereText';
import { NOON, useTemporaryFolder } from '../builders';

describe('What was removed, elsewhere', () => {
  const root = useTemporaryFolder();
  const look = (names: readonly string[] = []): ReturnType<typeof lookElsewhere> =>
    lookElsewhere(root(), 1, () => Promise.resolve(names.map((name) => ({ name }))));
  const record = (path: string, changes: Partial<ExportEntry> = {}): Promise<void> =>
    recordExport(root(), { path, format: 'xlsx', kind: 'report', instances: [1], at: NOON, ...changes });

  it('is in exports of the instance, whether they are there now or not', async () => {
    const there = join(root(), 'there.xlsx');
    writeFileSync(there, '');
    await record(there);
    await record('/media/stick/gone.db', { kind: 'copy', format: 'sqlite', instances: [1, 2] });
    await record('memfs:/reports/a.html', { format: 'html', instances: [2] });
    assert.deepEqual(elsewhereLines(await look(), 'Europe/Berlin'), [
      'Earlier exports may still hold it. Delete them yourself:',
      `  ${there} (xlsx, 2025-11-16 13:00:00)`,
      '  /media/stick/gone.db (sqlite, 2025-11-16 13:00:00; not there now)',
    ]);
  });

  it('is not in exports without names, of other instances, and of before the instance', async () => {
    await record('/a.xlsx', { isPseudonymised: true });
    await record('/b.xlsx', { instances: [2, 3] });
    await record('/c', { kind: 'tables', format: 'parquet', instances: [] });
    const elsewhere = await look();
    assert.deepEqual([elsewhereLines(elsewhere, 'UTC'), elsewhereSentence(elsewhere)], [[], undefined]);
  });

  it('is in warehouses until the next push', async () => {
    const elsewhere = await look(['Lake', 'Pond']);
    assert.deepEqual(elsewhereLines(elsewhere, 'UTC'), [
      'Warehouses hold it until the next push, which removes it there:',
      '  Lake',
      '  Pond',
    ]);
    assert.equal(
      elsewhereSentence(elsewhere),
      'Until the next push the warehouse still holds it: Lake, Pond.',
    );
  });

  it('is not known where a list cannot be read, which breaks nothing off', async () => {
    await record('/a.xlsx');
    writeFileSync(dataFolderAt(root()).exports, 'no JSON');
    const elsewhere = await look(['Lake']);
    assert.equal(elsewhere.problems.length, 1);
    assert.match(
      elsewhereLines(elsewhere, 'UTC').join('\n'),
      /Lake[\s\S]*Not all places are known[\s\S]*exports\.json/u,
    );
    assert.match(elsewhereSentence(elsewhere) ?? '', /delete them yourself/u);
  });
});
