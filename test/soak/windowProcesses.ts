import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { SeededRandom } from '../../src/sample/random';
import type { SampleServer } from '../../src/sample/server';
import { EXIT } from '../../src/cli/exitCodes';

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');
const NAME = 'Soak';
const KEY = 'SOAK_KEY';
/** How a sync may end while its server is in trouble and others sync too; null: killed. */
const EXPECTED: readonly (number | null)[] = [null, EXIT.ok, EXIT.incomplete, EXIT.busy];

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Processes of the built command line on one data folder, as many windows are. */
export class Windows {
  readonly #folder: string;
  readonly #server: SampleServer;
  readonly #running = new Set<ChildProcess>();
  syncs = 0;
  killed = 0;

  constructor(folder: string, server: SampleServer) {
    this.#folder = folder;
    this.#server = server;
  }

  async addInstance(): Promise<void> {
    const { code, text } = await this.#run([
      'instances',
      'add',
      NAME,
      '--url',
      this.#server.url,
      '--key-env',
      KEY,
    ]);
    assert.equal(code, EXIT.ok, text);
  }

  /** Syncs in a process of its own. */
  async sync(options: readonly string[]): Promise<void> {
    this.syncs += 1;
    const { code, text } = await this.#run(['sync', NAME, ...options]);
    assert.ok(EXPECTED.includes(code), `sync ${options.join(' ')} ended with ${String(code)}: ${text}`);
  }

  /** Kills one of the processes that run, if any does. */
  killOne(random: SeededRandom): void {
    if (this.#running.size > 0) {
      this.killed += 1;
      random.pick([...this.#running]).kill('SIGKILL');
    }
  }

  /** Calm syncs until nothing can be missing; deletions that were held back are agreed to. */
  async settle(): Promise<void> {
    await this.sync(['--full']);
    await this.sync(['--full', '--accept-deletions', '--yes']);
    const { code, text } = await this.#run(['sync', NAME, '--full']);
    assert.equal(code, EXIT.ok, text);
  }

  #run(args: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, [CLI, ...args, '--data', this.#folder], {
      env: { ...process.env, [KEY]: this.#server.apiKey },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    let text = '';
    const collect = (part: Buffer): void => void (text += part.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        this.#running.delete(child);
        resolve({ code, text });
      });
    });
  }
}
