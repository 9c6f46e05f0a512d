// npm run test:soak [-- --minutes=N] [-- --seed=N]: random histories of a server against its mirror, and several
// processes that sync one folder, until the time is over.
import { join } from 'node:path';
import { say, sayFailure } from './lib/console.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { rootDir } from './lib/paths.mjs';
import { childEnv, run, runMain, runOrFail } from './lib/processes.mjs';

async function main() {
  await ensureDependencies();
  say('Building the command line …');
  await runOrFail('The build', process.execPath, ['esbuild.mjs'], { cwd: rootDir });
  const args = ['--require=tsx/cjs', '--require=./test/register.cjs', join('test', 'soak', 'soak.ts')];
  const { code } = await run(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: rootDir,
    env: childEnv({ TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }),
    onLine: (line) => console.log(line),
  });
  return code;
}

await runMain(main, sayFailure);
