import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSampleServer, type SampleServer } from '../../../src/sample/server';
import type { SampleWorld } from '../../../src/sample/world';
import { runCli, type CliOptions, type CliResult } from './runCli';

/** A sample server and an empty data folder for each test, with the command line between them. */
export class CliStage {
  readonly #makeWorld: () => SampleWorld;
  #server: SampleServer | undefined;
  #data = '';

  constructor(makeWorld: () => SampleWorld) {
    this.#makeWorld = makeWorld;
  }

  get server(): SampleServer {
    assert.ok(this.#server !== undefined, 'the stage is not set');
    return this.#server;
  }

  /** The data folder. */
  get data(): string {
    return this.#data;
  }

  async set(latencyMs = 0): Promise<void> {
    this.#server = await startSampleServer({ world: this.#makeWorld(), latencyMs });
    this.#data = mkdtempSync(join(tmpdir(), 'cli-'));
  }

  async strike(): Promise<void> {
    await this.server.close();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Runs a command with the data folder and the server's key in FASGPT_KEY. */
  run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    return runCli([...args, '--data', this.#data], {
      ...options,
      env: { FASGPT_KEY: this.server.apiKey, ...options.env },
    });
  }

  /** Runs a command that has to succeed. @returns what it wrote to standard output */
  async ok(args: readonly string[]): Promise<string> {
    const { code, out, err } = await this.run(args);
    assert.equal(code, 0, err);
    return out;
  }

  /** Runs a command that has to end with a code and a sentence. @returns what it wrote to standard error */
  async fails(args: readonly string[], expectedCode: number, pattern: RegExp): Promise<string> {
    const { code, err } = await this.run(args);
    assert.equal(code, expectedCode, err);
    assertSentence(err, pattern);
    return err;
  }

  add(name = 'fasgpt', ...more: readonly string[]): Promise<CliResult> {
    return this.run(['instances', 'add', name, '--url', this.server.url, '--key-env', 'FASGPT_KEY', ...more]);
  }

  /** The rows of a statement. */
  async rows(sql: string): Promise<readonly Record<string, unknown>[]> {
    return JSON.parse(await this.ok(['query', sql, '--json'])) as Record<string, unknown>[];
  }
}

/** One sentence, no stack. */
export function assertSentence(err: string, pattern: RegExp): void {
  assert.match(err, pattern);
  assert.doesNotMatch(err, /\n\s+at /);
}
