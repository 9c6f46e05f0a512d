import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOutput } from '../../../../src/reports/export/outputFile';

const OUTPUT_FILE = require.resolve('../../../../src/reports/export/outputFile');

describe('a file that is written as a whole', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'output-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('never takes the place of a pipe or a device', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(writeOutput(pipe, 'text'), /pipe: it is a device or a pipe, and no file\.$/u);
    assert.ok(lstatSync(pipe).isFIFO());
    assert.deepEqual(readdirSync(folder), ['pipe']);
  });

  it('is put behind a link, which stays', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const file = join(folder, 'file');
    const link = join(folder, 'link');
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await writeOutput(link, 'new');
    assert.equal(readFileSync(file, 'utf8'), 'new');
    assert.ok(lstatSync(link).isSymbolicLink());
  });

  it('says why it cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(
      writeOutput(folder, 'text'),
      /^Error: Failed to write .*: a folder has that name\.$/u,
    );
    await assert.rejects(
      writeOutput(join(folder, 'file', 'below'), 'text'),
      /Failed to write .*below: there is no such folder\.$/u,
    );
  });

  it('leaves nothing unfinished where the process exits in the middle', () => {
    const path = join(folder, 'usage.html');
    const script = `
      const { writeOutput } = require(${JSON.stringify(OUTPUT_FILE)});
      async function* content() {
        yield 'a'.repeat(1_000_000);
        yield 'b';
        process.stdout.write(String(require('node:fs').readdirSync(${JSON.stringify(folder)}).length));
        process.exit(130);
      }
      void writeOutput(${JSON.stringify(path)}, content());`;
    const { status, stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout, readdirSync(folder)], [130, '1', []]);
  });
});
