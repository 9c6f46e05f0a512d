import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { engines } from '../../../package.json';
import { compareVersions } from '../../headless/versions';
import { CliError } from '../exitCodes';
import type { Terminal } from '../terminal';
import { runSystem } from './systemCommands';

const OLDEST = engines.node.replace('>=', '');
/** Two words: its version, and that of Electron where it is an editor. */
const ASK = "process.versions.node + ' ' + (process.versions.electron ?? '')";

/** A Node that a schedule can run. */
export interface ChosenNode {
  readonly path: string;
  readonly version: string;
}

/**
 * The Node of a schedule: the one that was named, else the one that runs this, else, where an editor plays Node, the one
 * on the PATH. @throws CliError when it is none, or too old
 */
export async function chooseNode(
  typed: string | undefined,
  env: Terminal['env'],
  platform: NodeJS.Platform,
): Promise<ChosenNode> {
  const path = typed === undefined ? ownNode(env, platform) : resolve(typed);
  const version = path === undefined ? undefined : await nodeVersion(path, env);
  if (path === undefined || version === undefined) {
    throw new CliError(
      `${path ?? 'What runs this command'} is no Node that runs by itself. Install Node ${OLDEST} or newer, or name one: --node PATH`,
    );
  }
  if (compareVersions(version, OLDEST) < 0) {
    throw new CliError(`${path} is Node ${version}. A schedule needs ${OLDEST} or newer: --node PATH`);
  }
  return { path, version };
}

/** Version of the Node at a path; undefined when there is none, or it is an editor. */
export async function nodeVersion(path: string, env: Terminal['env']): Promise<string | undefined> {
  const { code, said } = await runSystem(
    { program: path, args: ['-p', ASK] },
    {
      ...env,
      ELECTRON_RUN_AS_NODE: undefined,
    },
  );
  const [version = '', electron] = said.split(' ');
  return code === 0 && electron === undefined && /^\d+\.\d+\.\d+/.test(version) ? version : undefined;
}

function ownNode(env: Terminal['env'], platform: NodeJS.Platform): string | undefined {
  if (process.versions['electron'] === undefined) {
    return process.execPath;
  }
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
