// node scripts/pictures.mjs: copies the README's pictures to media/pictures from the last run of `npm test -- --suite=e2e`.
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError, say, sayFailure } from './lib/console.mjs';
import { rootDir } from './lib/paths.mjs';
import { runMain } from './lib/processes.mjs';

/** The README's picture by the one that the tests take. */
const pictures = {
  'report-charts-dark.png': 'report-dark.png',
  'report-charts-light.png': 'report-light.png',
  'add-instance-dark.png': 'add-instance-dark.png',
  'sql-dark.png': 'sql-dark.png',
};
/** Pictures are part of the package, so they stay small. */
const largestBytes = 250_000;

async function main() {
  const target = join(rootDir, 'media', 'pictures');
  await mkdir(target, { recursive: true });
  for (const [taken, name] of Object.entries(pictures)) {
    const source = join(rootDir, 'out', 'pictures', taken);
    const size = await sizeOf(source);
    if (size > largestBytes) {
      throw new SetupError(`${taken} has ${size} bytes; the README's pictures stay below ${largestBytes}.`);
    }
    await copyFile(source, join(target, name));
    say(`media/pictures/${name}: ${Math.round(size / 1000)} kB`);
  }
  return 0;
}

async function sizeOf(file) {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new SetupError(`${file} is missing. Run first: npm test -- --suite=e2e (${error.code})`);
  }
}

await runMain(main, sayFailure);
