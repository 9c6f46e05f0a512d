import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { useTemporaryFolder } from '../../store/builders';
import { publishedRows } from '../../store/published';
import { exportOf, ImportStage } from './importHarness';

const ONE = exportOf([{ date: '2025-10-02', cost: '1' }]);
const TWO = exportOf([
  { date: '2025-10-02', cost: '2' },
  { date: '2025-10-03', cost: '4' },
]);

describe('An export in several files', () => {
  const folder = useTemporaryFolder();
  let stage: ImportStage;
  beforeEach(() => {
    stage = new ImportStage(folder());
  });
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder(), 'export', name);
    mkdirSync(join(folder(), 'export'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const take = (...paths: readonly string[]) => stage.import('', { file: 'unused', paths });
  const days = () =>
    publishedRows(folder(), 'SELECT date, sum(cost_e8) FROM cost_daily WHERE is_deleted = 0 GROUP BY date');
  const manifest = (changes: object = {}): string =>
    JSON.stringify({
      manifestVersion: '2024-04-01',
      exportConfig: { exportName: 'daily', type: 'AmortizedCost', dataVersion: '2023-05-01' },
      runInfo: {
        submittedTime: '2025-11-10T06:00:00.000Z',
        startDate: '2025-10-01T00:00:00',
        endDate: '2025-10-31T00:00:00',
      },
      blobs: [
        { blobName: 'costs/daily/20251001-20251031/id/part_0_0001.csv', byteCount: 1, dataRowCount: 1 },
        { blobName: 'costs/daily/20251001-20251031/id/part_1_0001.csv.gz', byteCount: 1, dataRowCount: 2 },
      ],
      ...changes,
    });
  const putAll = (changes?: object): string => {
    put('part_0_0001.csv', ONE);
    put('part_1_0001.csv.gz', gzipSync(TWO));
    return put('manifest.json', manifest(changes));
  };

  it('is one where its manifest is imported: days that several share add up, its type and its days are known', async () => {
    const result = await take(putAll());
    assert.equal(result.rows, 3);
    assert.equal(result.scopes[0]?.costType, 'amortized');
    assert.deepEqual(await days(), [
      ['2025-10-02', 300_000_000],
      ['2025-10-03', 400_000_000],
    ]);
    assert.deepEqual(await publishedRows(folder(), 'SELECT month, state FROM cost_months'), [
      ['2025-10', 'closed'],
    ]);
    assert.equal((await take(join(folder(), 'export', 'manifest.json'))).scopes[0]?.rowsChanged, 0);
  });

  it('is one where all parts are imported together', async () => {
    await take(put('part_0_0001.csv', ONE), put('part_1_0001.csv', TWO));
    assert.deepEqual((await days())[0], ['2025-10-02', 300_000_000]);
  });

  it('is refused in parts: each would replace the days of the others', async () => {
    const path = put('part_1_0001.csv', TWO);
    put('part_0_0001.csv', ONE);
    await assert.rejects(take(path), /Import all of them together \(part_0_0001\.csv too\)/u);
    const [first, third] = [put('c_part_0.csv', ONE), put('c_part_2.csv', TWO)];
    await assert.rejects(take(first, third), /Parts of the export are missing/u);
    await assert.rejects(take(put('only_part_3_0001.csv', TWO)), /Parts of the export are missing/u);
    assert.equal((await take(put('whole_part_0_0001.csv', TWO))).rows, 2);
  });

  it('is refused where files are no parts of one', async () => {
    await assert.rejects(take(put('a.csv', ONE), put('b.csv', TWO)), /one after another/u);
  });

  it('is refused where its manifest and its files differ', async () => {
    await assert.rejects(
      take(putAll({ blobs: [{ blobName: 'x/part_0_0001.csv', dataRowCount: 7 }] })),
      /The files hold 1 rows, their manifest says 7/u,
    );
    await assert.rejects(take(putAll({ blobs: [{ blobName: 'x/part_9_0001.csv' }] })), /part_9_0001\.csv/u);
    await assert.rejects(take(putAll({ exportConfig: { type: 'PriceSheet' } })), /holds no costs/u);
    await assert.rejects(take(put('other.json', '{"version": 1}')), /is no manifest/u);
  });

  it('says in which file a row is wrong', async () => {
    put('part_0_0001.csv', ONE);
    const wrong = TWO.replace('10/03/2025', 'Total');
    await assert.rejects(
      take(join(folder(), 'export', 'part_0_0001.csv'), put('part_1_0001.csv', wrong)),
      /^CostFileError: part_1_0001\.csv: Row 3: "Total" is no date/u,
    );
  });

  it('may be packed as a ZIP file, as the portal offers it', async () => {
    const files = [
      ['usage/part_0.csv', Buffer.from(ONE), true],
      ['usage/part_1.csv', Buffer.from(TWO), false],
      ['usage/readme.txt', Buffer.from('Read me'), false],
    ] as const;
    assert.equal((await take(put('usage.zip', zipOf(files)))).rows, 3);
    assert.deepEqual((await days())[0], ['2025-10-02', 300_000_000]);
    await assert.rejects(
      take(put('book.xlsx', zipOf([['[Content_Types].xml', Buffer.from('<x/>'), true]]))),
      /is an Excel file/u,
    );
    await assert.rejects(take(put('none.zip', zipOf(files.slice(2)))), /holds no CSV file/u);
    const damaged = zipOf(files);
    damaged.fill(0xff, 60, 120);
    await assert.rejects(take(put('damaged.zip', damaged)), /damaged or cut off/u);
  });
});

/** A ZIP file of these files, deflated or as they are. */
function zipOf(files: readonly (readonly [name: string, content: Buffer, isDeflated: boolean])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content, isDeflated] of files) {
    const packed = isDeflated ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(isDeflated ? 8 : 0, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const header = [Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed];
    const entry = Buffer.alloc(46);
    entry.write('PK\u0001\u0002', 'latin1');
    common.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(...header);
    offset += header.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
