import type { CostConnection } from '../../store/costs/costConnection';
import { AzureError, AzureSignInError } from '../azure/azureErrors';
import type { AzureCredential, CostClient } from '../azure/azureModule';
import type { CostSyncDeps } from './costSyncTypes';

/** What a client is made with. */
export type ClientDeps = Pick<
  CostSyncDeps,
  'loadAzure' | 'credentialFor' | 'clock' | 'clientVersion' | 'httpClient' | 'spacingMs'
>;

/**
 * Opens what reads a connection's costs.
 * @param onWait told at each wait, with the ms since 1970 of its end
 * @throws AzureSignInError when what the sign-in needs is missing
 */
export async function openClient(
  connection: CostConnection,
  deps: ClientDeps,
  onWait?: (until: number) => void,
): Promise<CostClient> {
  const { clock, clientVersion, httpClient, spacingMs } = deps;
  const credential = await credentialOf(connection, deps);
  return deps.loadAzure().openCostClient(connection.scope, {
    cloud: connection.cloud,
    tenantId: connection.tenantId,
    credential,
    clock: { now: () => clock.now(), wait: (ms, signal) => clock.sleep(ms, signal) },
    clientVersion,
    ...(httpClient === undefined ? {} : { httpClient }),
    ...(spacingMs === undefined ? {} : { spacingMs }),
    ...(onWait === undefined ? {} : { onWait }),
  });
}

async function credentialOf(
  connection: CostConnection,
  { credentialFor }: ClientDeps,
): Promise<AzureCredential> {
  try {
    return await credentialFor(connection);
  } catch (error) {
    if (error instanceof AzureError || !(error instanceof Error)) {
      throw error;
    }
    // Its words say what is missing.
    throw new AzureSignInError(error.message, { cause: error });
  }
}
