import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { readExports } from '../../../src/store/exportLedger/exportLedger';
import { CliStage } from './cliStage';
import { CLI } from './runCli';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** In the folder that was written to. */
  readonly files: readonly string[];
}

describe('a command that writes and is told to end', function () {
  this.timeout(120_000);
  const stage = new CliStage(() => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 }));
  let folder = '';
  before(async function () {
    if (process.platform === 'win32') {
      this.skip(); // Windows ends a process without asking it.
    }
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'written-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  after(() => stage.strike());

  /** Sends signals as soon as a file comes into the folder: of different kinds, since two of a kind may come as one. */
  async function interrupted(
    args: readonly string[],
    signals: readonly NodeJS.Signals[] = ['SIGINT'],
  ): Promise<Ended> {
    const child = spawn(process.execPath, [CLI, ...args, '--data', stage.data]);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const watcher = watch(folder, { recursive: true }, (_, name) => {
      if (name !== null && !child.killed) {
        signals.forEach((signal) => child.kill(signal));
      }
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    watcher.close();
    return { code, out, err, files: readdirSync(folder, { recursive: true, encoding: 'utf8' }) };
  }

  it('finishes a report whose file has begun, tells it and notes it', async () => {
    const path = join(folder, 'usage.html');
    const { code, err, files } = await interrupted(['report', 'overview', '--output', path]);
    assert.deepEqual([code, err, files], [0, `Written to ${path}\n`, ['usage.html']]);
    assert.match(readFileSync(path, 'utf8'), /<\/html>\s*$/u);
    assert.ok((await readExports(stage.data)).some((entry) => entry.path === path));
  });

  it('writes all tables of a report or none', async () => {
    const args = ['report', 'overview', '--period', 'all', '--format', 'csv', '--output', `${folder}/`];
    const { code, err, files } = await interrupted(args);
    assert.equal(code, 0, err);
    assert.match(err, new RegExp(`^${files.length} tables written to `, 'u'));
    assert.ok(files.every((name) => name.endsWith('.csv')));
  });

  it('leaves an export that is whole, or none of it', async () => {
    const { code, out, err, files } = await interrupted(['export', '--output', folder, '--format', 'csv']);
    if (code === 130) {
      assert.match(err, /Cancelled\.\n$/u);
      assert.deepEqual(files, []);
    } else {
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(`^Exported ${files.length - 1} files? to `, 'u'));
      assert.deepEqual(
        files.filter((name) => !name.endsWith('.csv')),
        ['manifest.json'],
      );
    }
  });

  it('leaves nothing unfinished of an export at a second signal', async () => {
    const args = ['export', '--output', folder, '--format', 'csv'];
    const { code, files } = await interrupted(args, ['SIGINT', 'SIGTERM']);
    assert.ok(code === 130 || code === 0, String(code));
    assert.deepEqual(
      files.filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('ends as cleanly when its terminal closes', async () => {
    const { code, files } = await interrupted(['export', '--output', folder, '--format', 'csv'], ['SIGHUP']);
    assert.ok(code === 130 || code === 0, String(code));
    assert.deepEqual(
      files.filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('ends at once at a second signal, with the whole report or nothing', async () => {
    const path = join(folder, 'usage.html');
    const args = ['report', 'overview', '--output', path];
    const { code, files } = await interrupted(args, ['SIGINT', 'SIGTERM']);
    assert.ok(code === 130 || code === 0, String(code));
    if (code === 0 || files.length > 0) {
      assert.deepEqual(files, ['usage.html']);
      assert.match(readFileSync(path, 'utf8'), /<\/html>\s*$/u);
    }
  });
});
