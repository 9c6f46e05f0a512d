import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '../../src/store/migrations';
import type { CaseRunner } from './caseRunner';
import { GENERATOR_VERSION } from './generator';
import type { CaseInput, Measured } from './measured';
import type { SizeName } from './sizes';

/** Where built mirrors outlive a run: the largest takes minutes. */
function cacheFolder(): string {
  const { OPENWEBUI_SYNC_CACHE, XDG_CACHE_HOME } = process.env;
  const cache = OPENWEBUI_SYNC_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'openwebui-sync');
  return join(cache, 'bench');
}

/** A mirror to measure on, and what building it took. */
export interface BuiltMirror {
  readonly input: CaseInput;
  readonly build: Measured;
}

/** The mirror of a size: taken from the cache when it was built by the same generator and schema. */
export async function builtMirror(
  runner: CaseRunner,
  size: SizeName,
  isFresh: boolean,
): Promise<BuiltMirror> {
  const root = join(cacheFolder(), `${size}-${GENERATOR_VERSION}-schema${SCHEMA_VERSION}`);
  const input: CaseInput = {
    size,
    folder: join(root, 'mirror'),
    complete: join(root, 'complete.db'),
    log: join(root, 'statements.v8'),
    questions: [],
    repetitions: 0,
  };
  // Written last: a build that broke off is no mirror.
  const facts = join(root, 'build.json');
  if (isFresh || !existsSync(facts)) {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(input.folder, { recursive: true });
    const build = await runner.measure('build', input);
    await runner.measure('buildComplete', input);
    writeFileSync(facts, JSON.stringify(build));
  }
  return { input, build: JSON.parse(readFileSync(facts, 'utf8')) as Measured };
}

/** Adds the log of the writer's statements, which only the sizes need whose writing is measured. */
export async function withLog(runner: CaseRunner, { input }: BuiltMirror): Promise<void> {
  if (!existsSync(input.log)) {
    await runner.measure('record', input);
  }
}
