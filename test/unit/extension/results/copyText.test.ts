import assert from 'node:assert/strict';
import { clipboardText, copiedInWords } from '../../../../src/extension/results/copyText';
import type { CopyFormat } from '../../../../src/webview/results/protocol';
import { resultOf } from '../../sql/resultBuilder';

const result = resultOf({
  id: [1, 9007199254740993n, null],
  title: ['=SUM(1)', 'Ärger "x", | two\nlines', ''],
  blob: [new Uint8Array([0, 255]), null, null],
});
const all = { firstRow: 0, lastRow: 2, firstColumn: 0, lastColumn: 2 };
const copied = (format: CopyFormat, withHeaders = true, range = all): Promise<string> =>
  clipboardText(result, range, { format, withHeaders });

describe('cells on the clipboard', () => {
  it('are one cell as it is', async () => {
    const cell = { firstRow: 0, lastRow: 0, firstColumn: 1, lastColumn: 1 };
    assert.equal(await copied('tsv', false, cell), '=SUM(1)');
  });

  it('are a rectangle as TSV that a spreadsheet takes back, formulas made harmless', async () => {
    const range = { firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: 1 };
    const rows = `1\t'=SUM(1)\n9007199254740993\t"Ärger ""x"", | two\nlines"`;
    assert.equal(await copied('tsv', false, range), rows);
    assert.equal(await copied('tsv', true, range), `id\ttitle\n${rows}`);
  });

  it('are CSV', async () => {
    assert.equal(
      await copied('csv'),
      `id,title,blob\n1,'=SUM(1),x'00ff'\n9007199254740993,"Ärger ""x"", | two\nlines",\n,,`,
    );
  });

  it('are a table of Markdown, with NULL told from the empty text', async () => {
    assert.equal(
      await copied('markdown'),
      [
        '| id | title | blob |',
        '| --- | --- | --- |',
        "| 1 | =SUM(1) | x'00ff' |",
        '| 9007199254740993 | Ärger "x", \\| two<br>lines | *NULL* |',
        '| *NULL* |  | *NULL* |',
      ].join('\n'),
    );
  });

  it('are JSON, objects with headers and arrays without', async () => {
    assert.equal(
      await copied('json'),
      [
        '[',
        `{"id":1,"title":"=SUM(1)","blob":"x'00ff'"},`,
        '{"id":9007199254740993,"title":"Ärger \\"x\\", | two\\nlines","blob":null},',
        '{"id":null,"title":"","blob":null}',
        ']',
      ].join('\n'),
    );
    const range = { firstRow: 0, lastRow: 0, firstColumn: 0, lastColumn: 1 };
    assert.deepEqual(JSON.parse(await copied('json', false, range)), [[1, '=SUM(1)']]);
  });

  it('are statements of SQL that give the same values back', async () => {
    const range = { ...all, firstRow: 1, lastRow: 1 };
    assert.equal(
      await copied('sql', true, range),
      `INSERT INTO result ("id", "title", "blob") VALUES (9007199254740993, 'Ärger "x", | two\nlines', NULL);`,
    );
  });

  it('are counted', () => {
    assert.equal(copiedInWords(all), 'Copied 9 cells.');
    assert.equal(copiedInWords({ ...all, lastRow: 0, lastColumn: 0 }), 'Copied 1 cell.');
  });
});
