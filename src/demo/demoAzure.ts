import { companyAzure, type CompanyAzure } from '../sample/azure/companyAzure';
import { NO_QUOTAS } from '../sample/azure/quotas';
import { startSampleAzure } from '../sample/azure/server';
import type { CostConnection } from '../store/costs/costConnection';
import { loadAzure } from '../sync/azure/loadAzure';
import { CostSync } from '../sync/costs/costSync';
import type { CostSyncDeps } from '../sync/costs/costSyncTypes';
import type { DemoServer } from './demoServers';

/** What the sync of costs needs of the demo. */
export type DemoCostDeps = Pick<
  CostSyncDeps,
  'root' | 'locker' | 'openWriter' | 'clock' | 'log' | 'clientVersion'
> & {
  /** Folder of the bundles. */
  readonly distFolder: string;
};

/** The companies' bills. @param now ms since 1970 */
export function demoBills(servers: readonly DemoServer[], now: number): CompanyAzure {
  return companyAzure(
    servers.map(({ server, instance }) => ({ name: instance.name, world: server.world })),
    () => now,
  );
}

/**
 * Reads the bills with the product's own sync of costs and the real clients of Azure, from a service on loopback.
 * @throws Error when it is not complete
 */
export async function syncDemoCosts(
  { world, subscription }: CompanyAzure,
  { distFolder, ...deps }: DemoCostDeps,
): Promise<void> {
  const service = await startSampleAzure({ world, quotas: NO_QUOTAS });
  try {
    const costs = new CostSync({
      ...deps,
      loadAzure: () => loadAzure(distFolder),
      credentialFor: ({ tenantId }) => Promise.resolve(service.credential(tenantId)),
      httpClient: service.httpClient,
      spacingMs: 0,
    });
    const connection: CostConnection = {
      id: 'demo',
      scope: subscription.scope,
      name: subscription.name,
      cloud: 'public',
      tenantId: subscription.tenant.id,
      signIn: { kind: 'azureCli' },
      enabled: true,
    };
    const [run] = await costs.sync([connection], { trigger: 'manual' });
    if (run?.status !== 'ok') {
      throw new Error(`The bills of the demo could not be read: ${run?.error ?? 'the run broke off'}`);
    }
  } finally {
    await service.close();
  }
}
