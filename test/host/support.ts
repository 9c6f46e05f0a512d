import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { ExtensionApi } from '../../src/extension/extension';
import { generateCompany } from '../../src/sample/company/company';
import { NO_ANALYSIS } from '../../src/store/analysis/analysisTypes';
import { changingAnalysis } from '../../src/store/analysis/changingAnalysis';
import { withLockedWriter } from '../../src/sync/engine/lockedWriter';
import type { SampleServer } from '../../src/sample/server';
import { startSampleServer } from '../../src/sample/server';
import { codeOf } from '../../src/store/errors';
import type { Instance } from '../../src/store/instances/instance';
import { rowsOf, type Cell } from '../../src/store/resultSet';

export const EXTENSION_ID = 'openwebui-sync.openwebui-sync';

export function theExtension(): vscode.Extension<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is not installed`);
  return extension;
}

/** The services of this window; while tests run, the extension hands them out. */
export async function theCore(): Promise<Core> {
  const { core } = await theExtension().activate();
  assert.ok(core);
  return core;
}

/** A small company on loopback: 6 users, 20 chats, 60 messages. */
export function startSmallServer(seed: string): Promise<SampleServer> {
  const now = Math.floor(Date.now() / 86_400_000) * 86_400;
  return startSampleServer({
    world: generateCompany({ name: seed, users: 6, chats: 20, messages: 60, now }),
  });
}

/** Adds an instance with its key, as the dialog does once the connection works. */
export async function addInstance(
  core: Core,
  name: string,
  { url, apiKey }: Pick<SampleServer, 'url' | 'apiKey'>,
): Promise<Instance> {
  const instance = await core.instances.add({ name, url });
  await core.credentials.set(instance, { kind: 'apiKey', value: apiKey });
  return instance;
}

/** What most tests begin with: one small server, mirrored as `alpha`. */
export interface MirroredServer {
  readonly core: Core;
  readonly server: SampleServer;
  readonly instance: Instance;
  /** Forgets every instance and ends the server. */
  readonly end: () => Promise<void>;
}

/**
 * Mirrors a small server and nothing else.
 * @param prepare changes what the server holds before it is mirrored
 */
export async function mirrorSmallServer(
  seed: string,
  prepare: (server: SampleServer) => void = () => undefined,
): Promise<MirroredServer> {
  const core = await theCore();
  await removeAllInstances(core);
  const server = await startSmallServer(seed);
  prepare(server);
  const instance = await addInstance(core, 'alpha', server);
  await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
  const end = async (): Promise<void> => {
    await removeAllInstances(core);
    await server.close();
  };
  return { core, server, instance, end };
}

/** Bills, connections and all that analysis.json says are gone: tests share one data folder. */
export async function forgetCosts(core: Core): Promise<void> {
  for (const { id } of core.costs.connections.list()) {
    await core.costs.connections.remove(id);
  }
  await withLockedWriter(core.locker, core.openWriter, async (writer) => {
    for (const { scopeId } of core.mirror.status.costs ?? []) {
      await writer.removeCostScope(scopeId, 'delete');
    }
    await changingAnalysis(core.folder.root, () => NO_ANALYSIS)(writer);
  });
  await core.mirror.reload();
}

/** Forgets every instance with its key. */
export async function removeAllInstances(core: Core): Promise<void> {
  for (const instance of core.instances.list()) {
    await core.instances.remove(instance.id);
    await core.credentials.delete(instance);
  }
}

const LOOK_MS = 100;

/**
 * Resolves once `isTrue` holds; looked at again at each change of the model, which tells of states that pass, and every now
 * and then: what people are told and what editors show follows without an event of ours.
 */
export async function until(core: Core, isTrue: () => boolean): Promise<void> {
  if (isTrue()) {
    return;
  }
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (isTrue()) {
        subscription.dispose();
        clearInterval(timer);
        resolve();
      }
    };
    const subscription = core.model.onDidChange(look);
    const timer = setInterval(look, LOOK_MS);
  });
}

/**
 * Closes all editors, and waits until texts without a file have gone with them: their names are given again, and for a moment a
 * window still hands out the old text for the new one.
 */
export async function closeEditors(core: Core): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until(core, () => !vscode.workspace.textDocuments.some(({ isUntitled }) => isUntitled));
}

/** Waits until the editor in front shows a text like this: a window tells later than it shows. */
export async function untilShown(core: Core, wanted: RegExp): Promise<string> {
  const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
  await until(core, () => wanted.test(shown()));
  return shown();
}

/** All files below a folder with what they hold; one that goes meanwhile holds nothing. */
export function filesBelow(folder: string): readonly { readonly name: string; readonly content: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    try {
      const path = join(folder, name);
      return statSync(path).isFile() ? [{ name, content: readFileSync(path) }] : [];
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        return [];
      }
      throw error;
    }
  });
}

/** Rows of the newest file generation; `$id` in the statement is the instance's. */
export async function query(
  { reader }: Core,
  sql: string,
  instanceId: number,
): Promise<readonly Readonly<Record<string, Cell>>[]> {
  return rowsOf(await reader.query(sql, { $id: instanceId }));
}
