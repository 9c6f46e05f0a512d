import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError } from './console.mjs';
import { rootDir } from './paths.mjs';
import { isPortFree } from './ports.mjs';
import { launch } from './processes.mjs';

/** Always the same ports where they are free: an instance is known by its address. */
const usualPorts = [8731, 8732, 8733];

/**
 * Starts the three sample Open WebUI instances on loopback; they run until we end.
 * @param {{ stateFile?: string, costsFile?: string, usePorts?: boolean }} [options] `stateFile` remembers how far the
 *   sample data has grown; `costsFile` is written: what Azure bills the instances; `usePorts` asks for the usual ports
 * @returns {Promise<{
 *   instances: readonly { name: string, url: string, apiKey: string }[],
 *   costs?: { file: string, resources: readonly { resource: string, instances: readonly string[] }[] },
 * }>}
 */
export async function startSampleServers({ stateFile, costsFile, usePorts = false } = {}) {
  const hasUsualPorts = usePorts && (await Promise.all(usualPorts.map(isPortFree))).every(Boolean);
  const args = [
    join(rootDir, 'dist', 'sample.js'),
    '--exit-with-parent',
    ...(hasUsualPorts ? ['--port-base', String(usualPorts[0])] : []),
    ...(stateFile === undefined ? [] : ['--state', stateFile]),
    ...(costsFile === undefined ? [] : ['--costs', costsFile]),
  ];
  const child = launch(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const errors = [];
  child.stderr.setEncoding('utf8').on('data', (text) => errors.push(text));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        resolve(JSON.parse(line));
      } catch (error) {
        reject(new SetupError(`The sample servers said something unexpected: ${line} (${error.message})`));
      }
    });
    child.once('error', reject);
    child.once('close', (code) =>
      reject(new SetupError(`The sample servers ended with code ${code}:\n${errors.join('')}`)),
    );
  });
}
