// npm run bench:store [-- --sizes=S,M,L --json FILE --fresh]: the store's speed against node:sqlite.
// The product imports its SQL as text; this must come before it.
import '../../test/register.cjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figureLine, type Figure } from '../figures';
import { builtMirror, withLog } from './builtMirrors';
import { CaseRunner } from './caseRunner';
import { benchOf, type Bench } from './measurements';
import { chatQuestion, reportQuestions } from './questions';
import { extraFigures, openFigures, questionFigures } from './readingFigures';
import { isSizeName, type SizeName } from './sizes';
import { bulkFigures, publishFigures } from './writingFigures';

/** Writing everything row by row again says nothing more at a million messages. */
const BULK_SIZES: ReadonlySet<SizeName> = new Set(['S', 'M']);

async function measureSize(
  runner: CaseRunner,
  size: SizeName,
  isFresh: boolean,
  show: (figure: Figure) => void,
): Promise<void> {
  const mirror = await builtMirror(runner, size, isFresh);
  const bench: Bench = benchOf(runner, size, mirror, show);
  if (BULK_SIZES.has(size)) {
    await withLog(runner, mirror);
    await bulkFigures(bench);
  }
  await publishFigures(bench);
  await openFigures(bench);
  const source = [mirror.input.folder, runner.readerPath] as const;
  const asked = { reports: await reportQuestions(...source), chat: await chatQuestion(...source) };
  await questionFigures(bench, asked);
  await extraFigures(bench);
}

function sizesOf(list: string): SizeName[] {
  return list.split(',').map((name) => {
    if (!isSizeName(name)) {
      throw new Error(`There is no size ${name}. Use S, M or L.`);
    }
    return name;
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: 'S,M' },
      json: { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  });
  const sizes = sizesOf(values.sizes);
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-bench-'));
  const figures: Figure[] = [];
  const show = (figure: Figure): void => {
    figures.push(figure);
    console.log(figureLine(figure));
  };
  try {
    const runner = await CaseRunner.create(folder);
    for (const size of sizes) {
      await measureSize(runner, size, values.fresh, show);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (values.json !== undefined) {
    const machine = { cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
    await writeFile(values.json, `${JSON.stringify({ version: 1, machine, figures }, undefined, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
