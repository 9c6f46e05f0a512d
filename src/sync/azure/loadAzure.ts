import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AzureModule } from './azureModule';

/**
 * The clients of Azure, from a bundle of their own: nothing of the SDK is loaded before this is called. Node keeps what
 * was loaded once.
 * @param distFolder the folder of the bundles
 */
export function loadAzure(distFolder: string): AzureModule {
  const file = join(distFolder, 'azure.js');
  return createRequire(file)(file) as AzureModule;
}
