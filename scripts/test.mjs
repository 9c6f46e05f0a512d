// npm test [-- --all] [-- --suite=unit,host] [-- --grep=TEXT]: sets up what the tests need and runs them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError, say, sayFailure } from './lib/console.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { rootDir } from './lib/paths.mjs';
import { runMain } from './lib/processes.mjs';
import { build, suites } from './lib/suites.mjs';

/** So that no result depends on the machine's zone or language. */
const pinnedEnv = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

const oneFailed = { passed: 0, failed: 1, skipped: [] };

function readOptions() {
  const { values } = parseArgs({
    options: { all: { type: 'boolean' }, suite: { type: 'string' }, grep: { type: 'string' } },
  });
  const names = values.suite?.split(',');
  const unknown = names?.filter((name) => !suites.some((suite) => suite.name === name)) ?? [];
  if (unknown.length > 0) {
    const known = suites.map(({ name }) => name).join(', ');
    throw new SetupError(`There is no suite "${unknown.join('", "')}". The suites are: ${known}.`);
  }
  const isChosen = ({ name, onlyWithAll }) => names?.includes(name) ?? (values.all || !onlyWithAll);
  const wanted = suites.filter(isChosen);
  const chosen = wanted.some(({ needsBuild }) => needsBuild) ? [build, ...wanted] : wanted;
  const mochaArgs = values.grep === undefined ? [] : ['--grep', values.grep];
  return { chosen, isAll: values.all === true, mochaArgs };
}

async function runSuite({ name, title, run }, mochaArgs) {
  say(`${title} (${name}) …`);
  try {
    return await run({ env: pinnedEnv, mochaArgs, onLine: (line) => console.log(line && `    ${line}`) });
  } catch (error) {
    sayFailure(error);
    return oneFailed;
  }
}

/** Suites run one after the other; those that test the built product fail with the build. */
async function runSuites(chosen, mochaArgs) {
  const results = [];
  for (const suite of chosen) {
    const isBuildMissing = results.some(({ name, result }) => name === build.name && result.failed > 0);
    const result = isBuildMissing && suite.needsBuild ? oneFailed : await runSuite(suite, mochaArgs);
    results.push({ name: suite.name, result });
  }
  return results;
}

function report(results, isAll) {
  const sum = (key) => results.reduce((total, { result }) => total + result[key], 0);
  const skipped = results.flatMap(({ result }) => result.skipped);
  console.log('');
  for (const { name, result } of results) {
    say(
      `${name}: ${result.failed === 0 ? 'ok' : 'FAILED'} (${result.passed} of ${result.passed + result.failed})`,
    );
  }
  if (skipped.length > 0) {
    console.log(['Skipped:', ...skipped].join('\n  '));
  }
  const skippedText = isAll || skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skippedText}`);
  return sum('failed') === 0 ? 0 : 1;
}

async function main() {
  const { chosen, isAll, mochaArgs } = readOptions();
  await ensureDependencies();
  await mkdir(join(rootDir, 'out'), { recursive: true });
  return report(await runSuites(chosen, mochaArgs), isAll);
}

await runMain(main, sayFailure);
