// node scripts/pictures.mjs: copies the README's pictures to media/pictures from the last run of `npm test -- --suite=e2e`.
//   --check       only looks whether all were taken and are small enough
//   --json FILE   counts for the caller: {"passed":n,"failed":n,"skipped":[]}
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError, say, sayFailure } from './lib/console.mjs';
import { rootDir } from './lib/paths.mjs';
import { runMain } from './lib/processes.mjs';

/** The README's picture by the one that the tests take. */
const pictures = {
  'report-charts-dark.png': 'report-dark.png',
  'report-charts-light.png': 'report-light.png',
  'report-what-changed-dark.png': 'changes-dark.png',
  'dashboard-dark.png': 'dashboard-dark.png',
  'add-instance-dark.png': 'add-instance-dark.png',
  'add-instance-privacy-dark.png': 'privacy-dark.png',
  'verify-dark.png': 'verify-dark.png',
  'sql-dark.png': 'sql-dark.png',
  'walkthrough-dark.png': 'walkthrough-dark.png',
  'notebook-dark.png': 'notebook-dark.png',
  'conversation-dark.png': 'conversation-dark.png',
  'azure-reconciliation-dark.png': 'reconciliation-dark.png',
};
/** Pictures are part of the package, so they stay small. */
const largestBytes = 250_000;

async function main() {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, json: { type: 'string' } },
  });
  const target = join(rootDir, 'media', 'pictures');
  await mkdir(target, { recursive: true });
  const result = { passed: 0, failed: 0, skipped: [] };
  for (const [taken, name] of Object.entries(pictures)) {
    try {
      const source = await smallPicture(taken);
      if (!values.check) {
        await copyFile(source, join(target, name));
      }
      result.passed += 1;
    } catch (error) {
      sayFailure(error);
      result.failed += 1;
    }
  }
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify(result)}\n`);
  }
  return result.failed === 0 ? 0 : 1;
}

/** @returns the file of a picture that was taken */
async function smallPicture(taken) {
  const source = join(rootDir, 'out', 'pictures', taken);
  const size = await sizeOf(source);
  if (size > largestBytes) {
    throw new SetupError(`${taken} has ${size} bytes; the README's pictures stay below ${largestBytes}.`);
  }
  say(`${taken}: ${Math.round(size / 1000)} kB`);
  return source;
}

async function sizeOf(file) {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new SetupError(`${file} is missing. Run first: npm test -- --suite=e2e (${error.code})`);
  }
}

await runMain(main, sayFailure);
