import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError } from './console.mjs';
import { rootDir } from './paths.mjs';
import { launch } from './processes.mjs';

/**
 * Starts the three sample Open WebUI instances on loopback; they run until we end.
 * @returns {Promise<readonly { name: string, url: string, apiKey: string }[]>}
 */
export async function startSampleServers() {
  const child = launch(process.execPath, [join(rootDir, 'dist', 'sample.js')]);
  const errors = [];
  child.stderr.setEncoding('utf8').on('data', (text) => errors.push(text));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        resolve(JSON.parse(line).instances);
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
