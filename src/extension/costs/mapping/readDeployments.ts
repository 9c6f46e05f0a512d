import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { changingAnalysis } from '../../../store/analysis/changingAnalysis';
import type { CostConnection } from '../../../store/costs/costConnection';
import type { AzureAccount, AzureDeployment, AzureDirectory } from '../../../sync/azure/azureModule';
import { countOf } from '../../../sync/words';
import type { Core } from '../../core';
import { sentenceOf } from '../../errors';
import { changeWithWriter, endRunningSyncs } from '../../mirrorChanges';
import { askAzure } from '../connect/askAzure';
import { accountsIn, subscriptionsOf } from '../connect/connectDraft';
import { accessOf } from '../azure/azureAccess';
import { withDeployments } from './mappedAnalysis';

/** Asks Azure which deployments the connected scopes hold, and keeps what it says. @throws CancelledError, SyncBusyError */
export async function readDeployments(core: Core): Promise<void> {
  const connections = core.costs.connections.list();
  const listed = await askAzure(l10n.t('Listing deployments'), async (signal) => {
    const found: { accounts: AzureAccount[]; deployments: AzureDeployment[] } = {
      accounts: [],
      deployments: [],
    };
    for (const connection of connections) {
      const directory = await openDirectory(core, connection);
      for (const subscription of subscriptionsOf([connection])) {
        found.accounts.push(...accountsIn(await directory.accounts(subscription, signal), [connection]));
      }
      for (const { resourceId } of found.accounts) {
        found.deployments.push(...(await directory.deployments(resourceId, signal)));
      }
    }
    return found;
  });
  if ('failure' in listed) {
    void vscode.window.showWarningMessage(
      l10n.t('The deployments could not be listed: {0}', sentenceOf(listed.failure)),
    );
    return;
  }
  const { accounts, deployments } = listed.value;
  const resources = new Set(accounts.map(({ resourceId }) => resourceId));
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Spreading costs'),
    changingAnalysis(core.folder.root, (analysis) => withDeployments(analysis, resources, deployments)),
  );
  await core.mirror.reload();
  vscode.window.setStatusBarMessage(
    `$(check) ${l10n.t('{0} read from Azure', countOf(deployments.length, 'deployment'))}`,
    5000,
  );
}

async function openDirectory({ costs }: Core, connection: CostConnection): Promise<AzureDirectory> {
  const { cloud, tenantId } = connection;
  const credential = await costs.runs.watched(connection, () => costs.credentials.of(connection));
  return costs.setup.loadAzure().openDirectory(accessOf(costs, { cloud, tenantId, credential }));
}
