import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/exitCodes';
import type { ExportSummary } from '../../../src/exports/exportTypes';
import { EXPORTED_TABLES } from '../../../src/exports/tables/exportedTables';
import { generateCompany } from '../../../src/sample/company/company';
import { readExports } from '../../../src/store/exportLedger/exportLedger';
import { assertSentence, CliStage } from './cliStage';
import { CLI } from './runCli';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

describe('exports at the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  let output = '';
  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync', '--full']);
  });
  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), 'cli-export-'));
  });
  afterEach(() => rmSync(output, { recursive: true, force: true }));
  after(() => stage.strike());

  const exported = async (...args: readonly string[]): Promise<ExportSummary> =>
    JSON.parse(await stage.ok(['export', '--output', output, '--json', ...args])) as ExportSummary;

  it('write every row of the mirror, and say what was written', async () => {
    const [counted] = await stage.rows('SELECT count(*) AS n FROM messages');
    const summary = await exported('--tables', 'messages');
    assert.deepEqual(
      [summary.format, summary.tables, summary.rows],
      ['parquet', ['messages'], counted?.['n']],
    );
    assert.ok(summary.files > 0 && summary.bytes > 0);
    assert.deepEqual(
      (await readExports(stage.data)).map(({ path, kind }) => [path, kind]),
      [[output, 'tables']],
    );
  });

  it('say so when nothing has changed', async () => {
    await exported('--tables', 'users,chats');
    const text = await stage.ok(['export', '--output', output, '--changed']);
    assert.equal(text, `Nothing has changed since the last export to ${output}.\n`);
  });

  it('write what changed, as the folder holds it', async () => {
    await exported('--tables', 'chats,instances', '--format', 'csv');
    const owner = stage.server.world.chats.all()[0]?.userId ?? '';
    stage.server.world.chats.add(owner, { title: 'A new one' });
    await stage.ok(['sync', '--full']);
    const { files, format } = await exported('--changed');
    assert.deepEqual([files, format], [2, 'csv']);
  });

  it('write one workbook, and one complete copy', async () => {
    await exported('--format', 'xlsx', '--tables', 'users', '--instance', 'FASGPT');
    assert.deepEqual(readdirSync(output).sort(), ['openwebui-sync-export.json', 'openwebui_sync.xlsx']);
    const copy = join(output, 'copy');
    const text = await stage.ok(['export', '--output', copy, '--format', 'sqlite']);
    assert.match(text, /^Exported 1 file to .+copy \([\d.]+ [kM]B\)\.\n$/u);
  });

  it('name nobody with --pseudonyms, and go on so without it', async () => {
    const { users, chats, library } = stage.server.world;
    const texts = chats
      .all()
      .flatMap(({ body }) => (body.kind === 'raw' ? [] : [...body.messages.values()]))
      .flatMap(({ content }) => (typeof content === 'string' && content.length > 20 ? [content] : []));
    const secrets = [
      ...users.all().flatMap(({ id, name, email }) => [id, name, email]),
      ...chats.all().map(({ title }) => title),
      ...library.files().map(({ filename }) => filename),
      ...library.knowledge().map(({ name }) => name),
      ...texts.map((text) => JSON.stringify(text.slice(0, 40)).slice(1, -1).replaceAll('\\"', '""')),
    ];
    const found = (): string[] => {
      const content = readdirSync(output)
        .map((name) => readFileSync(join(output, name), 'utf8').replaceAll('\n', '\\n'))
        .join('\n');
      return secrets.filter((secret) => content.includes(secret));
    };
    const tables = EXPORTED_TABLES.map(({ name }) => name).join();
    await exported('--format', 'csv', '--tables', tables);
    assert.deepEqual(new Set(found()), new Set(secrets), 'without pseudonyms all of them are there');
    const text = await stage.ok(['export', '--output', output, '--pseudonyms', '--changed']);
    assert.match(text, /^Exported \d+ files to .+, pseudonyms\)\.\n$/u);
    assert.deepEqual(found(), []);
    assert.equal((await exported('--changed')).isPseudonymised, true);
    assert.deepEqual(found(), []);
    assert.equal((await exported('--changed', '--no-pseudonyms')).isPseudonymised, false);
    assert.ok(found().length > 0);
    await stage.fails(
      ['export', '--output', join(output, 'copy'), '--format', 'sqlite', '--pseudonyms'],
      EXIT.failed,
      /With pseudonyms, choose Parquet, CSV or Excel/u,
    );
  });

  it('are refused with a sentence and an exit code', async () => {
    await stage.fails(['export'], EXIT.usage, /--output/u);
    await stage.fails(['export', '--output', output, '--tables', ' , '], EXIT.usage, /Give names of tables/u);
    await stage.fails(
      ['export', '--output', output, '--tables', 'nothing'],
      EXIT.failed,
      /no table nothing/u,
    );
    await stage.fails(['export', '--output', output, '--instance', 'x'], EXIT.usage, /no instance "x"/u);
    await stage.fails(['export', '--output', stage.data], EXIT.failed, /outside the data folder/u);
    const file = join(output, 'file');
    writeFileSync(file, '');
    await stage.fails(['export', '--output', file], EXIT.failed, /is not a folder/u);
  });

  it('end where no folder can be made although the one above is there', function () {
    if (process.platform !== 'linux') {
      this.skip(); // Elsewhere no path leads into a folder that was removed.
    }
    const removed = mkdtempSync(join(tmpdir(), 'removed-'));
    const handle = openSync(removed, 'r');
    rmdirSync(removed);
    try {
      const args = ['export', '--output', '/proc/self/fd/3/tables', '--data', stage.data];
      const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
        stdio: ['ignore', 'pipe', 'pipe', handle],
        encoding: 'utf8',
        timeout: 60_000,
      });
      assert.equal(status, EXIT.failed);
      assertSentence(
        stderr,
        /^The export to \/proc\/self\/fd\/3\/tables failed: there is no such folder\.\n$/u,
      );
    } finally {
      closeSync(handle);
    }
  });

  it('end at Ctrl+C with no half file, and go on the next time', async () => {
    const { code, err } = await stage.run(['export', '--output', output], {
      onErr: (text, interrupt) => {
        if (text.includes('Exporting chats')) {
          interrupt();
        }
      },
    });
    // It may be ready before the keys are seen.
    const isWhole = code === EXIT.ok;
    assert.ok(isWhole || (code === EXIT.cancelled && err.endsWith('Cancelled.\n')), err);
    assert.equal(
      readdirSync(output).some((name) => name.startsWith('.openwebui-sync-export')),
      false,
    );
    assert.equal((await exported('--changed')).files > 0, !isWhole);
    assert.equal((await exported('--changed')).files, 0);
  });
});
