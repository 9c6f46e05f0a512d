import { AzureCostClient } from './costClient';
import type { AzureModule } from './azureModule';
import { createCredential } from './credentials';
import { ArmDirectory } from './directory';
import { Paces } from './pace';

/** Clients that know of each other when Azure throttles their tenant. */
export function createAzureClients(): AzureModule {
  const paces = new Paces();
  return {
    openCostClient: (scope, access) => new AzureCostClient(scope, access, paces),
    openDirectory: (access) => new ArmDirectory(access, paces),
    createCredential: (order, tenantId, cloud) => createCredential(order, tenantId, cloud),
  };
}
