import assert from 'node:assert/strict';
import { execFile, type ExecFileException } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { startSampleServer } from '../../../src/sample/server';
import { SampleWorld } from '../../../src/sample/world';

const ROOT = join(__dirname, '..', '..', '..');
const IS_WINDOWS = process.platform === 'win32';
/** What people download; twice today's size would be worth a question. */
const MAX_PACKED_BYTES = 2_500_000;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs npm's own programs as people do, in a folder and with settings of their own. */
function run(program: 'npm' | 'npx', args: readonly string[], cwd: string, env = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, shell: IS_WINDOWS };
    const end = (error: ExecFileException | null, out: string, err: string): void =>
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    // Windows runs npm's programs by its shell alone.
    const quoted = args.map((arg) => (IS_WINDOWS ? `"${arg}"` : arg));
    execFile(IS_WINDOWS ? `${program}.cmd` : program, quoted, options, end);
  });
}

/** A folder in which `npm pack` does what it does at the root, without touching what other tests run. */
function checkout(folder: string): string {
  mkdirSync(folder);
  for (const entry of readdirSync(ROOT, { withFileTypes: true })) {
    const [from, to] = [join(ROOT, entry.name), join(folder, entry.name)];
    if (entry.isFile()) {
      cpSync(from, to);
    } else if (!['.git', 'dist', 'out', 'output'].includes(entry.name)) {
      symlinkSync(from, to, IS_WINDOWS ? 'junction' : 'dir');
    }
  }
  return folder;
}

describe('the package that npm makes', function () {
  this.timeout(300_000);
  let folder: string;
  let tarball: string;
  let files: readonly string[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'npm-package-'));
    const source = checkout(join(folder, 'source'));
    const { code, out, err } = await run('npm', ['pack', '--json', '--pack-destination', folder], source);
    assert.equal(code, 0, err);
    const [packed] = JSON.parse(out.slice(out.indexOf('[\n'))) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    tarball = join(folder, packed.filename);
    files = packed.files.map(({ path }) => path).sort();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Somebody's home without anything of npm's, and without a network. */
  const npxEnv = () => ({
    npm_config_cache: join(folder, 'cache'),
    HOME: join(folder, 'home'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  });
  const npx = (args: readonly string[], env = {}): Promise<Ended> => {
    const cwd = join(folder, 'anywhere');
    mkdirSync(cwd, { recursive: true });
    mkdirSync(join(folder, 'home'), { recursive: true });
    return run('npx', ['--yes', '--package', tarball, 'openwebui-sync', ...args], cwd, {
      ...npxEnv(),
      ...env,
    });
  };

  it('holds the command line, what that loads, and nothing else', () => {
    const texts = ['LICENSE', 'README.md', 'package.json'];
    const others = files.filter((path) => !texts.includes(path));
    assert.deepEqual(
      others.filter(
        (path) => !/^dist\/(?:[a-zA-Z]+\.js|sql-wasm\.wasm|webview\/exportRuntime\.js)$/.test(path),
      ),
      [],
    );
    for (const path of ['dist/cli.js', 'dist/writer.js', 'dist/reader.js', 'dist/query.js', ...texts]) {
      assert.ok(files.includes(path), path);
    }
    for (const path of ['dist/extension.js', 'dist/sample.js', 'dist/demo.js']) {
      assert.ok(!files.includes(path), path);
    }
  });

  it('is small', () => {
    const { size } = statSync(tarball);
    assert.ok(size < MAX_PACKED_BYTES, `${size} bytes`);
  });

  it('runs with npx where there is neither a cache nor a network, and installs nothing beside it', async () => {
    const { code, out, err } = await npx(['--version']);
    assert.equal(code, 0, err);
    assert.equal(out, `${version}\n`);
    const [installed] = readdirSync(join(folder, 'cache', '_npx'));
    const modules = join(folder, 'cache', '_npx', installed ?? '', 'node_modules');
    assert.deepEqual(
      readdirSync(modules).filter((name) => !name.startsWith('.')),
      ['openwebui-sync'],
    );
  });

  it('syncs a server, tells the status, asks SQL and writes a report', async () => {
    const world = new SampleWorld({ clock: () => Math.floor(Date.now() / 1000) });
    const admin = world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
    const chat = world.chats.add(admin.id, { title: 'Rocket plans' });
    world.chats.addTurn(chat.id, { prompt: 'Up?', answers: [{ content: 'Aye' }] });
    const server = await startSampleServer({ world });
    const ok = async (...args: readonly string[]): Promise<string> => {
      const { code, out, err } = await npx([...args, '--data', join(folder, 'data')], {
        FASGPT_KEY: server.apiKey,
      });
      assert.equal(code, 0, err);
      return out;
    };
    try {
      await ok('instances', 'add', 'fasgpt', '--url', server.url, '--key-env', 'FASGPT_KEY');
      assert.match(await ok('sync'), /^fasgpt: full sync done in /);
      assert.match(await ok('status'), /\nFASGPT:\n {2}Last Sync: .*\n {2}Users: 1\n {2}Chats: 1\n/);
      assert.equal(await ok('query', 'SELECT title FROM chats', '--csv'), 'title\r\nRocket plans\r\n');
      const page = join(folder, 'overview.html');
      await ok('report', 'overview', '--output', page);
      assert.ok(statSync(page).size > 10_000);
      const { code } = await npx(['verify', '--data', join(folder, 'data')], { FASGPT_KEY: 'sk-wrong' });
      assert.equal(code, 1, 'the exit code comes through');
    } finally {
      await server.close();
    }
  });
});
