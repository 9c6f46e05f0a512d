import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { changingAnalysis } from '../../../store/analysis/changingAnalysis';
import type { CostConnection } from '../../../store/costs/costConnection';
import type { AzureDirectory } from '../../../sync/azure/azureModule';
import { countOf } from '../../../sync/words';
import type { Core } from '../../core';
import { sentenceOf } from '../../errors';
import { changeWithWriter, endRunningSyncs } from '../../mirrorChanges';
import { askAzure } from '../connect/askAzure';
import { accessOf } from '../azure/azureAccess';
import { listDeployments } from './listDeployments';
import { withDeployments } from './mappedAnalysis';

/** Asks Azure which deployments the connected scopes hold, and keeps what it says. @throws CancelledError, SyncBusyError */
export async function readDeployments(core: Core): Promise<void> {
  const connections = core.costs.connections.list();
  const listed = await askAzure(l10n.t('Listing deployments'), (signal) =>
    listDeployments(connections, (connection) => openDirectory(core, connection), signal),
  );
  if ('failure' in listed) {
    void vscode.window.showWarningMessage(
      l10n.t('The deployments could not be listed: {0}', sentenceOf(listed.failure)),
    );
    return;
  }
  const deployments = listed.value;
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Spreading costs'),
    changingAnalysis(core.folder.root, (analysis) => withDeployments(analysis, deployments)),
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
