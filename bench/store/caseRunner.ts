import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CaseName } from './caseProcess';
import type { CaseInput, Measured } from './measured';

const REPOSITORY = join(__dirname, '../..');
/** Building the largest mirror takes minutes. */
const LONGEST_MS = 3_600_000;

const run = promisify(execFile);

/** Runs cases, each in a process of its own, on a Node that has `node:sqlite`. */
export class CaseRunner {
  readonly #node: string;
  readonly #folder: string;

  private constructor(node: string, folder: string) {
    this.#node = node;
    this.#folder = folder;
  }

  /** @param folder where the bundles are put */
  static async create(folder: string): Promise<CaseRunner> {
    await build({
      absWorkingDir: REPOSITORY,
      entryPoints: { case: 'bench/store/caseProcess.ts', reader: 'src/store/readerWorker.ts' },
      outdir: folder,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      loader: { '.sql': 'text' },
      logLevel: 'warning',
    });
    copyFileSync(join(REPOSITORY, 'node_modules/sql.js/dist/sql-wasm.wasm'), join(folder, 'sql-wasm.wasm'));
    return new CaseRunner(await nodeWithSqlite(), folder);
  }

  get readerPath(): string {
    return join(this.#folder, 'reader.js');
  }

  /** @throws Error with what the process said when it fails */
  async measure(name: CaseName, input: CaseInput): Promise<Measured> {
    const bundle = join(this.#folder, 'case.js');
    const args = ['--no-warnings', '--max-old-space-size=8192', bundle, name];
    const process = run(this.#node, args, { timeout: LONGEST_MS });
    process.child.stdin?.end(JSON.stringify(input));
    const { stdout } = await process;
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Measured;
  }
}

/** This Node where it has `node:sqlite`, else the one that the tests' VS Code brings. */
async function nodeWithSqlite(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) {
    return process.execPath;
  }
  const { ensureCodeServer } = (await import('../../scripts/lib/codeServer.mjs')) as {
    ensureCodeServer: () => Promise<{ readonly node: string }>;
  };
  const { node } = await ensureCodeServer();
  if (!existsSync(node)) {
    throw new Error('No Node with node:sqlite was found. Use Node 22.13 or later.');
  }
  return node;
}
