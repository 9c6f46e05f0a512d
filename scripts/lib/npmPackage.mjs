import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './dependencies.mjs';
import { runOrFail } from './processes.mjs';

/**
 * Installs one package into a folder of its own.
 * @param {string} folder
 * @param {string} spec such as `code-server@4.139.1`
 * @param {NodeJS.ProcessEnv} env
 */
export async function installPackage(folder, spec, env) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'cached', private: true }));
  const args = ['install', '--save-exact', '--no-audit', '--no-fund', spec];
  await runOrFail(`Installing ${spec}`, npm, args, { cwd: folder, env });
}
