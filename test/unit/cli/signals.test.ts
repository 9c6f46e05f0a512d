import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { acquireSyncLock } from '../../../src/store/locks/syncLock';
import { assertSentence, CliStage } from './cliStage';
import { CLI } from './runCli';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });
/** Runs for hours, and tells that it runs by nothing: what stops it is the signal alone. */
const ENDLESS =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e13) SELECT sum(i) FROM n';

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

describe('a command that is told to end', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  before(function () {
    if (process.platform === 'win32') {
      this.skip(); // Windows ends a process without asking it.
    }
  });
  beforeEach(async () => {
    await stage.set();
    await stage.add();
  });
  afterEach(() => stage.strike());

  /** A command with a hold on it, so that a test can send signals when it sees something. */
  function start(args: readonly string[]) {
    const child = spawn(process.execPath, [CLI, ...args, '--data', stage.data], {
      env: { ...process.env, FASGPT_KEY: stage.server.apiKey },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let err = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, err }));
    });
    const said = (pattern: RegExp): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (pattern.test(err)) {
            resolve();
          }
        };
        child.stderr.on('data', look);
        look();
      });
    return { child, ended, said };
  }

  it('ends a comparison with 130, and nothing is said to be equal', async () => {
    await stage.ok(['sync']);
    const { child, ended, said } = start(['verify']);
    await said(/Comparing with fasgpt/u);
    child.kill('SIGINT');
    const { code, err } = await ended;
    assert.equal(code, 130, err);
    assertSentence(err, /\nCancelled\.\n$/u);
  });

  it('ends a statement that would run for hours', async () => {
    await stage.ok(['sync']);
    const { child, ended } = start(['query', '-']);
    // More than a pipe holds: when it is taken, the command listens to signals and is about to run the statement.
    const taken = new Promise<void>((resolve) =>
      child.stdin.write(`${ENDLESS} -- ${' '.repeat(1_000_000)}`, () => resolve()),
    );
    await taken;
    child.stdin.end();
    child.kill('SIGTERM');
    const { code, err } = await ended;
    assert.equal(code, 130, err);
    assertSentence(err, /^Cancelled\.\n$/u);
  });

  it('ends while it waits for a statement on its standard input', async () => {
    await stage.ok(['sync']);
    const { child, ended } = start(['query', '-']);
    await new Promise<void>((resolve) => child.stdin.write(' '.repeat(1_000_000), () => resolve()));
    child.kill('SIGINT');
    const { code, err } = await ended;
    assert.equal(code, 130, err);
    assertSentence(err, /^Cancelled\.\n$/u);
  });

  /** Saves a copy and asks the command to end as soon as a file with such a name is there. */
  async function copyUntil(
    isSeen: (name: string) => boolean,
    signals: readonly NodeJS.Signals[] = ['SIGINT'],
  ): Promise<Ended & { files: readonly string[] }> {
    await stage.ok(['sync']);
    const folder = mkdtempSync(join(tmpdir(), 'copies-'));
    const { child, ended } = start(['copy', join(folder, 'usage.db')]);
    const watcher = watch(folder, (_, name) => {
      if (name !== null && isSeen(name) && !child.killed) {
        signals.forEach((signal) => child.kill(signal));
      }
    });
    const { code, err } = await ended;
    watcher.close();
    const files = readdirSync(folder);
    rmSync(folder, { recursive: true });
    return { code, err, files };
  }

  it('leaves a copy that is whole or not there', async () => {
    const { code, err, files } = await copyUntil((name) => name.includes('.tmp-'));
    assert.deepEqual([code, files], code === 0 ? [0, ['usage.db']] : [130, []], err);
  });

  it('leaves nothing unfinished of a copy at a second signal', async () => {
    const { code, files } = await copyUntil((name) => name.includes('.tmp-'), ['SIGINT', 'SIGTERM']);
    assert.ok(code === 130 || code === 0, String(code));
    assert.deepEqual(files, code === 0 || files.length > 0 ? ['usage.db'] : []);
  });

  it('has saved a copy that is there, and notes it', async () => {
    const { code, err, files } = await copyUntil((name) => name === 'usage.db');
    assert.deepEqual([code, files], [0, ['usage.db']], err);
    assert.match(readFileSync(join(stage.data, 'exports.json'), 'utf8'), /usage\.db/u);
  });

  it('leaves reports that are whole, and no page that links to those that are missing', async () => {
    await stage.ok(['sync']);
    const folder = join(stage.data, 'reports');
    mkdirSync(folder);
    const { child, ended } = start(['report', 'all', '--output', folder]);
    const watcher = watch(folder, { recursive: true }, (_, name) => {
      // Once: a second signal would not let it end cleanly.
      if (name?.endsWith('.html') === true && !child.killed) {
        child.kill('SIGINT');
      }
    });
    const { code, err } = await ended;
    watcher.close();
    // All of them may be ready before the signal comes.
    const isWhole = code === 0;
    assert.ok(isWhole || code === 130, err);
    assertSentence(err, isWhole ? /written to/u : /^Cancelled\.\n$/u);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\./u.test(name),
    );
    for (const name of files) {
      assert.match(name, /\.html$/u);
      assert.match(readFileSync(join(folder, name), 'utf8'), /<\/html>\s*$/u);
    }
    assert.equal(
      files.some((name) => name.endsWith('index.html')),
      isWhole,
    );
  });

  it('does its work although nobody reads its notes any more', async () => {
    const { child, ended } = start(['sync']);
    child.stderr.destroy();
    assert.equal((await ended).code, 0);
    assert.equal((await stage.rows('SELECT count(*) n FROM users'))[0]?.['n'], 6);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    await stage.ok(['sync']);
    const rows =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n';
    const { child, ended } = start(['query', rows, '--csv']);
    child.stdout.once('data', () => child.stdout.destroy());
    assert.deepEqual(await ended, { code: 0, err: '' });
  });
});

describe('the command line beside an editor that syncs', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());

  it('does not sync, says who does, and reads all the same', async () => {
    const attempt = await acquireSyncLock(stage.data, { version: 'test' });
    assert.ok(attempt.status === 'acquired');
    try {
      const { code, out, err } = await stage.run(['sync', '--json']);
      assert.equal(code, 4);
      assert.equal(out, '');
      assertSentence(err, new RegExp(`is syncing\\..* It is process ${process.pid}\\.\n$`, 'u'));
      await stage.ok(['status']);
      await stage.ok(['query', 'SELECT count(*) FROM users']);
      await stage.ok(['report', 'overview']);
      await stage.ok(['verify']);
    } finally {
      await attempt.lock.release();
    }
    await stage.ok(['sync']);
  });

  it('lets one of two commands sync at a time', async () => {
    const codes = (await Promise.all([stage.run(['sync', '--full']), stage.run(['sync', '--full'])])).map(
      ({ code }) => code,
    );
    assert.ok(codes.includes(0), String(codes));
    assert.ok(
      codes.every((code) => code === 0 || code === 4),
      String(codes),
    );
    await stage.ok(['check']);
  });
});

describe('--json', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  after(() => stage.strike());

  for (const args of [
    ['sync'],
    ['sync', '--preview'],
    ['status'],
    ['verify'],
    ['check'],
    ['deletions'],
    ['backups'],
    ['backup', '--output', join(tmpdir(), `backup-${process.pid}.db`), '--force'],
    ['instances', 'list'],
    ['instances', 'test'],
    ['report', 'list'],
    ['query', 'SELECT 1 AS one'],
    ['search', 'the'],
    ['cost', 'list'],
    ['cost', 'status'],
    ['prices', 'list'],
    ['budget', 'list'],
  ]) {
    it(`of ${args[0] ?? ''} ${args[1] ?? ''} is one document on standard output`, async () => {
      const { code, out, err } = await stage.run([...args, '--json']);
      assert.equal(code, 0, err);
      assert.equal(typeof JSON.parse(out), 'object');
    });
  }

  it('of what removes, restores and writes reports tells what was done', async () => {
    const json = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
      JSON.parse(await stage.ok([...args, '--json'])) as Record<string, unknown>;
    const folder = mkdtempSync(join(tmpdir(), 'reports-'));
    assert.equal((await json('report', 'all', '--output', folder))['failures'] instanceof Array, true);
    rmSync(folder, { recursive: true });
    assert.deepEqual(await json('free-up', '--yes'), { published: false, items: [] });
    const [person] = await stage.rows("SELECT remote_id FROM users WHERE role = 'user'");
    const erased = await json('erase-person', 'fasgpt', String(person?.['remote_id']), '--yes');
    assert.deepEqual(
      [erased['instance'], Object.keys(erased)],
      ['fasgpt', ['instance', 'rows', 'files', 'filesLeft', 'elsewhere']],
    );
    await stage.ok(['sync', '--full']);
    const backups = JSON.parse(await stage.ok(['backups', '--json'])) as {
      readonly name: string;
      readonly isNewest: boolean;
    }[];
    const name = backups.find(({ isNewest }) => !isNewest)?.name ?? '';
    assert.equal((await json('restore', name, '--yes'))['restored'], name);
  });

  after(() => rmSync(join(tmpdir(), `backup-${process.pid}.db`), { force: true }));

  it('of a sync that fails is there too', async () => {
    const { code, out, err } = await stage.run(['sync', '--json'], { env: { FASGPT_KEY: 'sk-wrong' } });
    assert.equal(code, 3);
    const [run] = JSON.parse(out) as { readonly instance: string; readonly status: string }[];
    assert.deepEqual([run?.instance, run?.status], ['fasgpt', 'failed']);
    assertSentence(err, /rejects the key/u);
  });
});
