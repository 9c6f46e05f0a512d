import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the system that note what they are called with, and end as they are told to. */
export class FakePrograms {
  readonly #folder: string;

  constructor(root: string) {
    this.#folder = join(root, 'bin');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** For `PATH`: the fakes first. */
  get path(): string {
    return `${this.#folder}${delimiter}${process.env['PATH'] ?? ''}`;
  }

  /** @param failsAt an argument at which it ends with 1 and a sentence */
  add(name: string, failsAt = 'never'): void {
    const path = join(this.#folder, name);
    writeFileSync(
      path,
      `#!/bin/sh\necho "$@" >> "$0.log"\ncase " $* " in *' ${failsAt} '*) echo 'No medium found' >&2; exit 1;; esac\n`,
    );
    chmodSync(path, 0o755);
  }

  /** What a program was called with, a line each. */
  calls(name: string): readonly string[] {
    const log = join(this.#folder, `${name}.log`);
    return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  }
}
