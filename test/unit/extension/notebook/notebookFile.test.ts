import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  formatNotebook,
  parseNotebook,
  type NotebookFile,
} from '../../../../src/extension/notebook/notebookFile';
import { fromWire } from '../../../../src/webview/notebook/notebookResult';

const HEAD = { format: 'openwebui-sql-notebook', version: 1 } as const;

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

function textOf(file: NotebookFile): string {
  return new TextDecoder().decode(formatNotebook(file));
}

describe('the file of a SQL notebook', () => {
  it('is read and written as the golden file has it', async () => {
    const golden = await readFile(join(__dirname, 'golden.owsqlnb'));
    const file = parseNotebook(golden);
    assert.equal(textOf(file), golden.toString('utf8'));
    assert.deepEqual(
      file.cells.map(({ kind, text }) => [kind, text]),
      [
        ['markdown', '# Usage\n\nWho asked most?'],
        ['sql', 'SELECT name, COUNT(*) AS turns\nFROM v_turns GROUP BY name;'],
        ['sql', 'SELECT nothing'],
      ],
    );
    const [output] = file.cells[1]?.metadata.outputs ?? [];
    assert.ok(output !== undefined && 'result' in output);
    assert.equal(fromWire(output.result.rows[0]![1]!), 9007199254740993n);
  });

  it('comes out as it went in, whatever its cells hold', () => {
    const text = fc
      .oneof(fc.string({ unit: 'binary' }), fc.string(), fc.lorem({ mode: 'sentences' }))
      .map((one) => one.replaceAll('\r\n', '\n'));
    const chart = fc.record({
      statement: fc.integer({ min: 1, max: 9 }),
      mark: fc.constantFrom('bar', 'column', 'line', 'point'),
      x: fc.string(),
      y: fc.array(fc.string()),
    });
    const extra = fc.dictionary(fc.stringMatching(/^x[a-z]{1,6}$/u), fc.jsonValue());
    const cell = fc.record({
      kind: fc.constantFrom('sql' as const, 'markdown' as const),
      text,
      metadata: fc.tuple(extra, fc.option(fc.array(chart))).map(([others, charts]) => ({
        ...others,
        ...(charts === null ? {} : { charts }),
      })),
    });
    const notebook = fc.record({ metadata: extra, cells: fc.array(cell) });
    fc.assert(
      fc.property(notebook, (file) => {
        const once = textOf(file);
        const again = parseNotebook(bytesOf(once));
        assert.deepEqual(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(file)));
        assert.equal(textOf(again), once);
      }),
    );
  });

  it('keeps fields that it does not know, of the notebook, its cells and their charts', () => {
    const file = {
      ...HEAD,
      author: { name: 'Ada' },
      cells: [
        {
          kind: 'sql',
          text: ['SELECT 1'],
          tags: ['later'],
          charts: [{ statement: 1, mark: 'bar', x: 'a', y: ['b'], palette: 'warm' }],
        },
      ],
    };
    assert.deepEqual(JSON.parse(textOf(parseNotebook(bytesOf(file)))), file);
  });

  it('holds outputs only if the notebook says so', () => {
    const outputs = [{ statement: 1, result: { columns: ['a'], rows: [['secret']], elapsedMs: 1 } }];
    const cells = [{ kind: 'sql' as const, text: 'SELECT 1', metadata: { outputs } }];
    assert.ok(textOf({ metadata: { saveOutputs: true }, cells }).includes('secret'));
    assert.ok(!textOf({ metadata: { saveOutputs: false }, cells }).includes('secret'));
    assert.ok(!textOf({ metadata: {}, cells }).includes('secret'));
  });

  it('has a line for each line of a cell and each row of a result', () => {
    const result = {
      columns: ['a', 'b'],
      rows: [
        [1, 'x'],
        [2, 'y'],
      ],
      elapsedMs: 1,
    };
    const text = textOf({
      metadata: { saveOutputs: true },
      cells: [{ kind: 'sql', text: 'SELECT 1,\r\n  2', metadata: { outputs: [{ statement: 1, result }] } }],
    });
    const lines = text.split('\n').map((line) => line.trim());
    for (const line of ['"SELECT 1,",', '"  2"', '[1,"x"],', '[2,"y"]']) {
      assert.ok(lines.includes(line), text);
    }
  });

  it('of no bytes is a notebook without cells', () => {
    assert.deepEqual(parseNotebook(new Uint8Array()), { metadata: {}, cells: [] });
  });

  describe('that cannot be opened says why and what to do', () => {
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      [
        'a conflict of a merge',
        bytesOf('{\n  "format": "openwebui-sql-notebook",\n<<<<<<< HEAD\n'),
        /damaged: Line 3 is not valid JSON\. The file was not changed\. Open it with/,
      ],
      ['a file that ends too early', bytesOf('{\n  "format": '), /Line 2 is not valid JSON/],
      ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0xfe]), /It is not UTF-8 text/],
      ['JSON of another kind', bytesOf({ nbformat: 4, cells: [] }), /does not begin with "format"/],
      ['a list', bytesOf([]), /does not begin with "format"/],
      [
        'a cell of another kind',
        bytesOf({ ...HEAD, cells: [{ kind: 'python', text: [] }] }),
        /At cells\.0\.kind: .*"python"/,
      ],
      [
        'a text that is no list',
        bytesOf({ ...HEAD, cells: [{ kind: 'sql', text: 'x' }] }),
        /At cells\.0\.text/,
      ],
      [
        'a row of another width',
        bytesOf({
          ...HEAD,
          cells: [
            {
              kind: 'sql',
              text: [],
              outputs: [{ statement: 1, result: { columns: ['a'], rows: [[]], elapsedMs: 1 } }],
            },
          ],
        }),
        /damaged: At cells\.0\.outputs/,
      ],
      ['one without cells', bytesOf({ ...HEAD }), /At cells/],
    ];
    for (const [name, bytes, expected] of cases) {
      it(name, () => {
        assert.throws(() => parseNotebook(bytes), { name: 'NotebookFileError', message: expected });
      });
    }

    it('a newer version, which is no damage', () => {
      assert.throws(() => parseNotebook(bytesOf({ ...HEAD, version: 2, cells: 'otherwise' })), {
        name: 'NotebookFileError',
        message:
          /^This notebook was written by a newer version .* \(format 2; this version reads up to 1\)\. Update /,
      });
    });
  });
});
