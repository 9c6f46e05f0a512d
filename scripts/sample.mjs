// node scripts/sample.mjs: the sample servers alone, and the seed file for a VS Code that is started with F5.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { say, sayFailure } from './lib/console.mjs';
import { rootDir } from './lib/paths.mjs';
import { runMain } from './lib/processes.mjs';
import { startSampleServers } from './lib/sampleServers.mjs';
import { offerSeed } from './lib/seedFile.mjs';

const seedFolder = join(rootDir, 'out', 'seed');

async function main() {
  say('Starting the sample servers …');
  const stateFile = join(rootDir, 'out', 'sample-state.json');
  const costsFile = join(rootDir, 'out', 'sample-costs.csv');
  const { instances, costs } = await startSampleServers({ stateFile, costsFile, usePorts: true });
  rmSync(seedFolder, { recursive: true, force: true });
  offerSeed(instances, { folder: seedFolder, costs }).keepOffering();
  say(`The sample servers are ready: ${instances.map(({ name, url }) => `${name} ${url}`).join(', ')}`);
  return new Promise(() => undefined);
}

await runMain(main, sayFailure);
