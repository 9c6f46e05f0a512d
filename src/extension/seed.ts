import { readFile, rm, stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { codeOf } from '../store/errors';
import type { Instance } from '../store/instances/instance';
import { reportFailure } from './commands/registry';
import type { Core } from './core';
import { baseUrlFrom } from './instances/address';
import { seedCosts } from './costs/seedCosts';
import { isLoopback, parseSeedFile, type Seed, type SeedInstance } from './instances/seedFile';

/**
 * What `npm start` hands over by environment: sample instances in a one-time file, or an address to add.
 * Started after activation; does nothing without the variables.
 */
export async function runStartRequests(core: Core, environment: NodeJS.ProcessEnv): Promise<void> {
  const { OPENWEBUI_SYNC_SEED_FILE: seedFile, OPENWEBUI_SYNC_ADD_URL: url } = environment;
  try {
    if (seedFile !== undefined && seedFile !== '') {
      await seedFrom(core, seedFile);
    }
  } catch (error) {
    reportFailure(core.log, 'Seed file', error);
  }
  if (url !== undefined && url !== '' && core.instances.list().length === 0) {
    await vscode.commands.executeCommand('openwebuiSync.addInstance', url);
  }
}

async function seedFrom(core: Core, path: string): Promise<void> {
  const { instances: seeds, costs } = await takeSeed(path);
  const isFirst = core.instances.list().length === 0;
  for (const seed of seeds) {
    const instance = await addOrUpdate(core, seed);
    await core.credentials.set(instance, { kind: 'apiKey', value: seed.apiKey });
  }
  if (seeds.length > 0) {
    core.log.info(`${seeds.length} instances were handed over at the start`);
    await vscode.commands.executeCommand('workbench.view.extension.openwebuiSync');
    await vscode.commands.executeCommand(isFirst ? 'openwebuiSync.fullSyncAll' : 'openwebuiSync.syncAll');
    if (costs !== undefined) {
      await seedCosts(core, costs);
    }
  }
}

/** Reads the file and deletes it, whatever it holds. None when another window was faster. */
async function takeSeed(path: string): Promise<Seed> {
  let content: string;
  let mode: number;
  try {
    ({ mode } = await stat(path));
    content = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return { instances: [] };
    }
    throw error;
  }
  await rm(path, { force: true });
  return parseSeedFile(content, mode, process.platform);
}

async function addOrUpdate({ instances }: Core, { name, url: typed }: SeedInstance): Promise<Instance> {
  const url = baseUrlFrom(typed) ?? typed;
  const known = instances.list().find((instance) => instance.name.toLowerCase() === name.toLowerCase());
  if (known === undefined) {
    return instances.add({ name, url });
  }
  if (!isLoopback(known.url)) {
    throw new Error(l10n.t('“{0}” is another server already. Rename it to use the sample.', known.name));
  }
  return known.url === url ? known : instances.update(known.id, { url });
}
