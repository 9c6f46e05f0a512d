// node scripts/postgres.mjs: a PostgreSQL with an empty database until Ctrl+C, for tests of warehouses that are run by hand.
import { SetupError, say, sayFailure } from './lib/console.mjs';
import { ensurePostgres, startPostgres } from './lib/postgres.mjs';
import { runMain } from './lib/processes.mjs';

async function main() {
  const programs = await ensurePostgres();
  if (programs === undefined) {
    throw new SetupError('There is no PostgreSQL here. Install it with your package manager.');
  }
  say('PostgreSQL is ready. In another terminal:');
  console.log(`export OPENWEBUI_SYNC_POSTGRES=${await startPostgres(programs)}`);
  return new Promise(() => undefined);
}

await runMain(main, sayFailure);
