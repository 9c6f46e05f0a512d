import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core, CoreFeature } from '../core';
import { costItems } from '../views/costs/costView';
import { chooseConnections, costNodesOf } from './chooseConnections';
import { chooseCostBasis } from './chooseCostBasis';
import { connectAzureCost } from './connect/connectAzureCost';
import { costViewOf } from './costViewOf';
import { disconnectAzure } from './disconnectAzure';
import { importCostFile } from './importCostFile';
import { enterInvoice } from './invoices/enterInvoice';
import { mapAzureResources } from './mapping/mapAzureResources';
import { showCostRun } from './showCostRun';
import { signInToAzure } from './signInToAzure';
import { syncCostsByHand } from './syncCosts';

/** Connecting Azure, reading, importing and explaining costs, and the timer that reads them. */
export const azureCostFeature: CoreFeature = (core) => {
  const { costs } = core;
  core.registerCommand('openwebuiSync.connectAzureCost', () => connectAzureCost(core));
  core.registerCommand('openwebuiSync.syncCosts', async (...args) => {
    const connections = costs.connections.list();
    await syncCostsByHand(core, await chooseConnections(args, connections, l10n.t('Sync Azure Cost')));
  });
  core.registerCommand('openwebuiSync.cancelCosts', () => costs.runs.cancel());
  core.registerCommand('openwebuiSync.signInToAzure', (...args) => signIn(core, args));
  core.registerCommand('openwebuiSync.mapAzureResources', () => mapAzureResources(core));
  core.registerCommand('openwebuiSync.importCostFile', () => importCostFile(core));
  core.registerCommand('openwebuiSync.enterInvoice', () => enterInvoice(core));
  core.registerCommand('openwebuiSync.chooseCostBasis', () => chooseCostBasis(core));
  core.registerCommand('openwebuiSync.disconnectAzureCost', (...args) =>
    disconnectAzure(
      core,
      costNodesOf(args).map(({ scopeKey }) => scopeKey),
    ),
  );
  core.registerCommand('openwebuiSync.openCostReport', () =>
    vscode.commands.executeCommand('openwebuiSync.openReportAll', 'cost'),
  );
  core.registerCommand('openwebuiSync.showCostRun', async (...args) => {
    for (const { scopeKey, costRunId } of costNodesOf(args)) {
      const item = costItems(costViewOf(core)).find(({ key }) => key === scopeKey);
      if (item?.status !== undefined && costRunId !== undefined) {
        await showCostRun(core, item.status.scopeId, costRunId);
      }
    }
  });
  costs.timer.start();
  return undefined;
};

/** Who is meant, else who cannot sign in, else who the person picks. */
async function signIn(core: Core, args: readonly unknown[]): Promise<void> {
  const { connections, runs } = core.costs;
  const problems = runs.problems();
  const waiting = connections.list().filter(({ id }) => problems.has(id));
  const candidates = waiting.length > 0 && args.length === 0 ? waiting : connections.list();
  const chosen = await chooseConnections(args, candidates, l10n.t('Sign In to Azure'));
  for (const connection of chosen) {
    await signInToAzure(core, connection);
  }
}
