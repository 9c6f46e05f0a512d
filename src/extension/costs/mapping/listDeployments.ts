import type { CostConnection } from '../../../store/costs/costConnection';
import type { AzureDeployment, AzureDirectory } from '../../../sync/azure/azureModule';
import { accountsIn, subscriptionsOf } from '../connect/connectDraft';

/** Lists the deployments that the scopes of connections hold, each once and as its own connection signs in. @throws AzureError */
export async function listDeployments(
  connections: readonly CostConnection[],
  open: (connection: CostConnection) => Promise<AzureDirectory>,
  signal: AbortSignal,
): Promise<readonly AzureDeployment[]> {
  const resources = new Set<string>();
  const deployments: AzureDeployment[] = [];
  for (const connection of connections) {
    const directory = await open(connection);
    for (const subscription of subscriptionsOf([connection])) {
      const accounts = accountsIn(await directory.accounts(subscription, signal), [connection]);
      const ids = accounts.map(({ resourceId }) => resourceId).filter((id) => !resources.has(id));
      ids.forEach((id) => resources.add(id));
      deployments.push(...(await deploymentsOn(directory, ids, signal)));
    }
  }
  return deployments;
}

/** @throws AzureError */
export async function deploymentsOn(
  directory: AzureDirectory,
  resources: readonly string[],
  signal: AbortSignal,
): Promise<readonly AzureDeployment[]> {
  const deployments: AzureDeployment[] = [];
  for (const resource of resources) {
    deployments.push(...(await directory.deployments(resource, signal)));
  }
  return deployments;
}
