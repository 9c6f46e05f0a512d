// npm test [-- --all] [-- --suite=unit,host] [-- --grep=TEXT]: sets up what the tests need and runs them.
import { parseArgs } from 'node:util';
import { sayFailure } from './lib/console.mjs';
import { runMain } from './lib/processes.mjs';
import { namedSuites, report, runSuites } from './lib/runSuites.mjs';
import { suites } from './lib/suites.mjs';

function readOptions() {
  const { values } = parseArgs({
    options: { all: { type: 'boolean' }, suite: { type: 'string' }, grep: { type: 'string' } },
  });
  const isWanted = ({ onlyWithAll }) => values.all === true || !onlyWithAll;
  const wanted = namedSuites(suites, values.suite, isWanted);
  const mochaArgs = values.grep === undefined ? [] : ['--grep', values.grep];
  return { wanted, isAll: values.all === true, mochaArgs };
}

async function main() {
  const { wanted, isAll, mochaArgs } = readOptions();
  return report(await runSuites(wanted, mochaArgs), isAll);
}

await runMain(main, sayFailure);
