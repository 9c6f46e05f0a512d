// Reports import their SQL as text; this must come before them.
import '../test/register.cjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { activationFigure } from './activation';
import { figureLine, type Figure } from './figures';
import { Mirror } from './mirror';
import { measureReports } from './reportFigures';
import { ServersProcess } from './serversProcess';
import { measureSyncs } from './syncFigures';

/** Measures everything once; each figure is shown as soon as it is known. */
async function measure(show: (figure: Figure) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-bench-'));
  const servers = await ServersProcess.start();
  const figures: Figure[] = [];
  const add = (figure: Figure): void => {
    figures.push(figure);
    show(figure);
  };
  try {
    const mirror = new Mirror(folder);
    await mirror.add(servers.servers);
    await measureSyncs(mirror, servers, add, () => measureReports(mirror, servers, add));
    const activation = await activationFigure();
    if (activation !== undefined) {
      add(activation);
    }
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  const figures = await measure((figure) => console.log(figureLine(figure)));
  if (values.json !== undefined) {
    const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
    const content = { version: 1, measuredAt: new Date().toISOString(), machine, figures };
    await writeFile(values.json, `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
