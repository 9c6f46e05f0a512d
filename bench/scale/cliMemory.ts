// npm run bench:cli-memory [-- --users=5000 --chats=50000 --messages=330000]: what each command of the command line takes at
// most, in a process of its own, on servers of that size.
import '../../test/register.cjs';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { BenchServer } from '../mainThread/benchServer';

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');
/** A company of 5,000 people that uses its chat as the generated mirrors do. */
const COMPANY = { users: 5_000, chats: 50_000, messages: 330_000 };
const KEY = 'BENCH_KEY';
const LONGEST_MS = 3_600_000;

const run = promisify(execFile);

interface Peak {
  /** Megabytes of the process with its threads. */
  readonly peakMb: number;
  readonly seconds: number;
}

class Commands {
  readonly #folder: string;
  readonly #key: string;

  constructor(folder: string, key: string) {
    this.#folder = folder;
    this.#key = key;
  }

  async measure(args: readonly string[]): Promise<Peak> {
    const peakFile = join(this.#folder, 'peak');
    const startedAt = performance.now();
    await run(
      process.execPath,
      ['--require', join(__dirname, 'notePeak.cjs'), CLI, ...args, '--data', join(this.#folder, 'data')],
      {
        env: { ...process.env, [KEY]: this.#key, PEAK_FILE: peakFile },
        timeout: LONGEST_MS,
        maxBuffer: 1 << 30,
      },
    );
    const peakKb = Number(await readFile(peakFile, 'utf8'));
    return { peakMb: peakKb / 1000, seconds: (performance.now() - startedAt) / 1000 };
  }
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { users: text, chats: text, messages: text },
  });
  const size = {
    users: Number(values.users ?? COMPANY.users),
    chats: Number(values.chats ?? COMPANY.chats),
    messages: Number(values.messages ?? COMPANY.messages),
  };
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-cli-memory-'));
  const server = await BenchServer.start({ ...size, version: '0.12.4' });
  try {
    const commands = new Commands(folder, server.apiKey);
    await commands.measure(['instances', 'add', 'bench', '--url', server.url, '--key-env', KEY]);
    const measured: (readonly [string, readonly string[]])[] = [
      ['first sync', ['sync', '--all']],
      ['sync without news', ['sync', '--all']],
      [
        'report overview',
        ['report', 'overview', '--period', 'all', '--output', join(folder, 'overview.html')],
      ],
      ['report users', ['report', 'users', '--period', 'all', '--output', join(folder, 'users.xlsx')]],
      ['query', ['query', 'SELECT COUNT(*) FROM messages']],
      ['export parquet', ['export', '--format', 'parquet', '--output', join(folder, 'parquet')]],
    ];
    for (const [name, args] of measured) {
      const { peakMb, seconds } = await commands.measure(args);
      console.log(
        `${name.padEnd(20)} ${peakMb.toFixed(0).padStart(6)} MB  ${seconds.toFixed(1).padStart(7)} s`,
      );
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
