// npm run test:matrix [-- --suite=contract,host-minimum] [-- --soak-minutes=5] [-- --kill-rounds=300]: everything that takes
// too long for each change. All server versions, the oldest VS Code, all pictures, random syncs, and writers killed at random.
import { parseArgs } from 'node:util';
import { SetupError, sayFailure } from './lib/console.mjs';
import { matrixSuites } from './lib/matrixSuites.mjs';
import { runMain } from './lib/processes.mjs';
import { namedSuites, report, runSuites } from './lib/runSuites.mjs';

function readOptions() {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string' },
      'soak-minutes': { type: 'string', default: '5' },
      'kill-rounds': { type: 'string', default: '300' },
    },
  });
  const suites = matrixSuites({
    soakMinutes: positive(values['soak-minutes'], '--soak-minutes'),
    killRounds: positive(values['kill-rounds'], '--kill-rounds'),
  });
  return namedSuites(suites, values.suite);
}

function positive(text, option) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new SetupError(`${option} takes a whole number above 0, not "${text}".`);
  }
  return value;
}

await runMain(async () => report(await runSuites(readOptions()), true), sayFailure);
