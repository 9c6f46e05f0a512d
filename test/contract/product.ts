import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What one call of the command line gave back. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The product as its users have it: the built command line and a data folder. */
export class Product {
  /**
   * @param cli the built `cli.js`
   * @param dataFolder where the mirror is kept
   * @param environment variables for each call, such as the one that holds the key
   */
  constructor(
    readonly cli: string,
    readonly dataFolder: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @throws Error with what the command said when it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.try(...args);
    if (code !== 0) {
      throw new Error(`openwebui-sync ${args.join(' ')} ended with ${code}:\n${output}`);
    }
    return output;
  }

  try(...args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [this.cli, ...args, '--data', this.dataFolder],
        { env: { ...process.env, ...this.environment }, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
          resolve({ code, output: stdout + stderr });
        },
      );
    });
  }

  /** Files of the data folder that hold a text as it is. */
  async filesWith(text: string): Promise<string[]> {
    const entries = await readdir(this.dataFolder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name));
    const contents = await Promise.all(files.map((file) => readFile(file)));
    return files.filter((_file, index) => contents[index]?.includes(text));
  }
}
