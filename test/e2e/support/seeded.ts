import { offerSeed } from '../../../scripts/lib/seedFile.mjs';
import type { SampleServer } from '../../../src/sample/server';
import { VsCode } from './vsCode';

/** A VS Code that finds instances at its start and syncs them, as after `npm start`. */
export function openWithInstances(servers: Readonly<Record<string, SampleServer>>): Promise<VsCode> {
  const instances = Object.entries(servers).map(([name, { url, apiKey }]) => ({ name, url, apiKey }));
  return VsCode.open({ OPENWEBUI_SYNC_SEED_FILE: offerSeed(instances).file });
}
