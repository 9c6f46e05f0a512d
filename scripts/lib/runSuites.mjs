import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, say, sayFailure } from './console.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { rootDir } from './paths.mjs';
import { build } from './suites.mjs';

/** So that no result depends on the machine's zone or language. */
const pinnedEnv = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

const oneFailed = { passed: 0, failed: 1, skipped: [] };

async function runSuite({ name, title, run }, mochaArgs) {
  say(`${title} (${name}) …`);
  try {
    return await run({ env: pinnedEnv, mochaArgs, onLine: (line) => console.log(line && `    ${line}`) });
  } catch (error) {
    sayFailure(error);
    return oneFailed;
  }
}

/**
 * The suites that were named, in their own order.
 * @param {readonly import('./suites.mjs').Suite[]} suites
 * @param {string | undefined} names separated by commas; without them `byDefault` decides
 * @param {(suite: import('./suites.mjs').Suite) => boolean} [byDefault]
 * @throws {SetupError} for a name that is none
 */
export function namedSuites(suites, names, byDefault = () => true) {
  if (names === undefined) {
    return suites.filter(byDefault);
  }
  const wanted = names.split(',');
  const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = suites.map(({ name }) => name).join(', ');
    throw new SetupError(`There is no suite "${unknown.join('", "')}". The suites are: ${known}.`);
  }
  return suites.filter(({ name }) => wanted.includes(name));
}

/**
 * Sets up what suites need and runs them one after the other; those that test the built product fail with the build.
 * @param {readonly import('./suites.mjs').Suite[]} wanted
 * @param {readonly string[]} [mochaArgs]
 * @returns {Promise<readonly { name: string, result: import('./suites.mjs').Result }[]>}
 */
export async function runSuites(wanted, mochaArgs = []) {
  await ensureDependencies();
  await mkdir(join(rootDir, 'out'), { recursive: true });
  const chosen = wanted.some(({ needsBuild }) => needsBuild) ? [build, ...wanted] : wanted;
  const results = [];
  for (const suite of chosen) {
    const isBuildMissing = results.some(({ name, result }) => name === build.name && result.failed > 0);
    const result = isBuildMissing && suite.needsBuild ? oneFailed : await runSuite(suite, mochaArgs);
    results.push({ name: suite.name, result });
  }
  return results;
}

/**
 * Prints what became of each suite, what was skipped by name, and the closing line.
 * @param {Awaited<ReturnType<typeof runSuites>>} results
 * @param {boolean} countsSkipped the closing line always says how many were skipped
 * @returns {number} the exit code
 */
export function report(results, countsSkipped) {
  const sum = (key) => results.reduce((total, { result }) => total + result[key], 0);
  const skipped = results.flatMap(({ result }) => result.skipped);
  const failures = results.flatMap(({ result }) => result.failures ?? []);
  console.log('');
  for (const { name, result } of results) {
    say(
      `${name}: ${result.failed === 0 ? 'ok' : 'FAILED'} (${result.passed} of ${result.passed + result.failed})`,
    );
  }
  if (failures.length > 0) {
    console.log(['Failed:', ...failures].join('\n  '));
  }
  if (skipped.length > 0) {
    console.log(['Skipped:', ...skipped].join('\n  '));
  }
  const skippedText = countsSkipped || skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skippedText}`);
  return sum('failed') === 0 ? 0 : 1;
}
