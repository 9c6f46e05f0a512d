import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './dependencies.mjs';
import { installPackage } from './npmPackage.mjs';
import { runOrFail } from './processes.mjs';

/** Fetched from outside the npm registry while it is installed; only the search in files needs it. */
const ripgrep = 'node_modules/@vscode/ripgrep';

/**
 * Installs the VS Code of an older code-server, whose own script would fail without access to more than the registry.
 * @param {string} folder
 * @param {string} spec such as `code-server@4.100.0`
 * @param {NodeJS.ProcessEnv} env with the Node of that release first on its PATH
 */
export async function installOnlyVsCode(folder, spec, env) {
  await installPackage(folder, spec, { ...env, npm_config_ignore_scripts: 'true' });
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const run = (args, more) =>
    runOrFail(`Installing the VS Code of ${spec}`, npm, args, { cwd: vscode, env: { ...env, ...more } });
  await run(['install', '--omit=dev', '--no-audit', '--no-fund'], { npm_config_ignore_scripts: 'true' });
  await run(['rebuild', ...(await withNativeParts(vscode))], { npm_config_yes: 'true' });
  // Where VS Code looks for the modules that its desktop edition packs into one file.
  await symlink('node_modules', join(vscode, 'node_modules.asar'));
}

async function withNativeParts(folder) {
  const { packages } = JSON.parse(await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((place) => packages[place].hasInstallScript && place !== ripgrep)
    .map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
}
