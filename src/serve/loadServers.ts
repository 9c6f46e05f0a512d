import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ServersModule } from './serversModule';

/**
 * The servers, from a bundle of their own: nothing of them is loaded before this is called.
 * @param distFolder the folder of the bundles
 */
export function loadServers(distFolder: string): ServersModule {
  const file = join(distFolder, 'servers.js');
  return createRequire(file)(file) as ServersModule;
}
