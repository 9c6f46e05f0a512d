import type { AzureCredentials } from './azure/azureCredentials';
import type { AzureSecrets } from './azure/azureSecrets';
import type { AzureSetup } from './azure/azureSetup';
import type { CostConnections } from './costConnections';
import type { CostController } from './costController';
import type { CostTimer } from './costTimer';

/** Everything that features use to read costs from Azure. */
export interface Costs {
  readonly connections: CostConnections;
  readonly runs: CostController;
  readonly timer: CostTimer;
  readonly credentials: AzureCredentials;
  readonly secrets: AzureSecrets;
  readonly setup: AzureSetup;
  /** Version of this product. */
  readonly clientVersion: string;
}
