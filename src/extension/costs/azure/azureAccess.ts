import type { AzureAccess } from '../../../sync/azure/azureModule';
import type { AzureSetup } from './azureSetup';

/** What Azure is asked with, for whoever signs in. */
export function accessOf(
  { setup, clientVersion }: { readonly setup: AzureSetup; readonly clientVersion: string },
  who: Pick<AzureAccess, 'cloud' | 'tenantId' | 'credential'>,
): AzureAccess {
  const { clock, httpClient, spacingMs } = setup;
  return {
    ...who,
    clientVersion,
    clock: { now: () => clock.now(), wait: (ms, signal) => clock.sleep(ms, signal) },
    httpClient,
    spacingMs,
  };
}
