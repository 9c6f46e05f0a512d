import { releases } from './codeServer.mjs';
import { postgresReleases } from './portablePostgres.mjs';
import {
  contractSuite,
  e2e,
  hostSuite,
  mochaSuite,
  npmCheck,
  scriptSuite,
  warehouseReleaseSuite,
} from './suites.mjs';

/** One release of Open WebUI for each form that its answers had, and the newest there is. */
export const serverVersions = ['0.5.20', '0.6.36', '0.7.2', '0.8.12', '0.9.6', 'newest'];

/**
 * What `npm run test:matrix` runs beyond `npm test`.
 * @param {{ soakMinutes: number, killRounds: number }} options
 * @returns {readonly import('./suites.mjs').Suite[]}
 */
export function matrixSuites({ soakMinutes, killRounds }) {
  return [
    {
      name: 'host-minimum',
      title: 'Tests inside the oldest VS Code that is promised',
      needsBuild: true,
      run: oldestVsCode,
    },
    e2e,
    { name: 'pictures', title: "The README's pictures", run: scriptSuite('pictures', ['--check']) },
    {
      name: 'contract',
      title: 'Contract with Open WebUI of all versions',
      needsBuild: true,
      run: contractSuite(serverVersions),
    },
    ...Object.entries(postgresReleases).map(([age, release]) => ({
      name: `warehouse-${age}`,
      title: `Tests of warehouses with PostgreSQL ${release}`,
      needsBuild: true,
      run: warehouseReleaseSuite(release),
    })),
    {
      name: 'kill',
      title: 'Killed at any point, at length',
      needsBuild: true,
      run: mochaSuite('test/kill', { KILL_ROUNDS: String(killRounds) }),
    },
    {
      name: 'soak',
      title: 'Random changes, failures and syncs, at length',
      run: npmCheck('test:soak', [`--minutes=${soakMinutes}`, '--kill-rounds=0']),
    },
  ];
}

async function oldestVsCode(context) {
  if (process.platform === 'win32') {
    return { passed: 0, failed: 0, skipped: ['host-minimum: code-server does not run on Windows'] };
  }
  return hostSuite(releases.minimum)(context);
}
