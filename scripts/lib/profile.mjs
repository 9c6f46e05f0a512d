import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a VS Code of ours starts with: quiet, and without asking. */
const settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Makes a profile folder with a workspace in it; settings that somebody changed stay.
 * @param {string} profileDir
 * @param {Record<string, unknown>} [extra] more settings
 * @returns {Promise<string>} the workspace folder
 */
export async function prepareProfile(profileDir, extra = {}) {
  const userFolder = join(profileDir, 'user-data', 'User');
  const workspace = join(profileDir, 'workspace');
  await mkdir(userFolder, { recursive: true });
  await mkdir(workspace, { recursive: true });
  const file = join(userFolder, 'settings.json');
  if (!existsSync(file)) {
    await writeFile(file, JSON.stringify({ ...settings, ...extra }, undefined, 2));
  }
  return workspace;
}

/**
 * Installs a VSIX by `install` unless the profile has this very one.
 * @param {string} profileDir
 * @param {string} vsix
 * @param {() => Promise<void>} install
 */
export async function installOnce(profileDir, vsix, install) {
  const stampFile = join(profileDir, 'installed.sha256');
  const digest = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex');
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) !== digest) {
    await install();
    await writeFile(stampFile, digest);
  }
}
