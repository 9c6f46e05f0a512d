import { join } from 'node:path';
import * as vscode from 'vscode';
import { loadAzure } from '../../sync/azure/loadAzure';
import { CostSync } from '../../sync/costs/costSync';
import type { CostSyncDeps } from '../../sync/costs/costSyncTypes';
import { systemClock } from '../../sync/engine/systemClock';
import type { Disposables } from '../disposables';
import type { Log } from '../log';
import type { ReloadableMirror } from '../mirrorState';
import { readSetting } from '../readSettings';
import { AzureCredentials } from './azure/azureCredentials';
import { AzureSecrets } from './azure/azureSecrets';
import type { AzureSetup } from './azure/azureSetup';
import { editorAuthentication } from './azure/editorAuthentication';
import { SOVEREIGN_SETTING } from './azure/editorClouds';
import { CostConnections } from './costConnections';
import { CostController, type NamedCostRun } from './costController';
import type { Costs } from './costs';
import { CostTimer } from './costTimer';

export interface CostsParts extends Pick<CostSyncDeps, 'root' | 'locker' | 'openWriter' | 'clientVersion'> {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly mirror: ReloadableMirror;
  /** Told how runs ended that nobody asked for. */
  readonly present: (runs: readonly NamedCostRun[]) => void;
}

/** Builds what reads costs. Nothing of Azure is loaded before something is connected. */
export function createCosts(parts: CostsParts, owned: Disposables): Costs {
  const { root, locker, openWriter, clientVersion, context, log, mirror, present } = parts;
  const setup: AzureSetup = {
    loadAzure: () => loadAzure(join(context.extensionPath, 'dist')),
    authentication: editorAuthentication,
    clock: systemClock,
  };
  const secrets = new AzureSecrets(context.secrets, log);
  const credentials = new AzureCredentials({
    setup,
    secrets,
    sovereignEnvironment: () => readSetting(SOVEREIGN_SETTING),
  });
  const connections = owned.add(new CostConnections(root));
  const sync = new CostSync({
    root,
    locker,
    openWriter,
    clientVersion,
    log,
    clock: { now: () => setup.clock.now(), sleep: (...asked) => setup.clock.sleep(...asked) },
    loadAzure: () => setup.loadAzure(),
    get httpClient() {
      return setup.httpClient;
    },
    get spacingMs() {
      return setup.spacingMs;
    },
    credentialFor: (connection) => runs.watched(connection, () => credentials.of(connection)),
  });
  const runs: CostController = owned.add(new CostController(sync));
  const timer = owned.add(new CostTimer({ connections, runs, mirror, log, present }));
  owned.add(
    vscode.authentication.onDidChangeSessions(() => {
      // Whoever signed in or out there may have mended it: the next run shows.
      for (const { id, signIn } of connections.list()) {
        if (signIn.kind === 'editor') {
          runs.setProblem(id, undefined);
        }
      }
    }),
  );
  return { connections, runs, timer, credentials, secrets, setup, clientVersion };
}
