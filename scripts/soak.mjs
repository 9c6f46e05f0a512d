// npm run test:soak [-- --minutes=N] [-- --seed=N] [-- --kill-rounds=300]: writers killed at every named place and at
// random, then random histories of a server against its mirror, and several processes that sync one folder, until the
// time is over.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say, sayFailure } from './lib/console.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { rootDir } from './lib/paths.mjs';
import { childEnv, run, runMain, runOrFail } from './lib/processes.mjs';

const environment = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

async function main() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      seed: { type: 'string' },
      'kill-rounds': { type: 'string', default: '300' },
    },
  });
  await ensureDependencies();
  const killed = await killWriters(values['kill-rounds']);
  const soaked = await soak(values);
  return killed === 0 ? soaked : killed;
}

/** @param {string} rounds `0` leaves them out */
async function killWriters(rounds) {
  if (rounds === '0') {
    return 0;
  }
  say(`Killing writers, ${rounds} rounds …`);
  const mocha = join(rootDir, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const { code } = await run(
    process.execPath,
    [mocha, '--reporter=dot', join('test', 'kill', '**', '*.test.ts')],
    {
      cwd: rootDir,
      env: childEnv({ ...environment, KILL_ROUNDS: rounds }),
      onLine: (line) => console.log(line),
    },
  );
  return code;
}

async function soak({ minutes, seed }) {
  say('Building the command line …');
  await runOrFail('The build', process.execPath, ['esbuild.mjs'], { cwd: rootDir });
  const args = ['--require=tsx/cjs', '--require=./test/register.cjs', join('test', 'soak', 'soak.ts')];
  const options = Object.entries({ minutes, seed }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  const { code } = await run(process.execPath, [...args, ...options], {
    cwd: rootDir,
    env: childEnv(environment),
    onLine: (line) => console.log(line),
  });
  return code;
}

await runMain(main, sayFailure);
