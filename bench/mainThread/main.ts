// npm run bench:main-thread [-- --users=3000 --chats=15000 --messages=100000 --version=0.12.4 --only=full,sql --json=FILE]
// Reports import their SQL as text; this must come before them.
import '../../test/register.cjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SampleVersion } from '../../src/sample/versions';
import { BenchServer } from './benchServer';
import { Host } from './host';
import { watched, type Watched } from './watch';

/** M of the design: what the budgets are promised for. */
const M = { users: 3_000, chats: 15_000, messages: 100_000 };
const CHANGED_SHARE = 0.005;
const GOAL = { taskMs: 10, p99Ms: 10 };
const IDLE_MS = 5_000;

interface Phase {
  readonly name: string;
  readonly work: () => Promise<unknown>;
  /** Done before, unwatched. */
  readonly prepare?: () => Promise<unknown>;
}

function phasesOf(host: Host, server: BenchServer, messages: number): readonly Phase[] {
  const rows = Math.floor(messages * 0.99);
  return [
    { name: 'idle', work: () => sleep(IDLE_MS) },
    { name: 'full sync', work: () => host.sync('full') },
    { name: 'incremental sync, nothing changed', work: () => host.sync('incremental') },
    {
      name: `incremental sync, ${CHANGED_SHARE * 100} % changed`,
      prepare: () => server.change(CHANGED_SHARE),
      work: () => host.sync('incremental'),
    },
    { name: 'report', work: () => host.report() },
    { name: `SQL of ${rows.toLocaleString('en-US')} rows, pages, copied`, work: () => host.query(rows) },
    { name: 'status and tree', work: () => host.refreshStatus() },
    { name: 'estimate of calls', work: () => host.budget() },
  ];
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { users: text, chats: text, messages: text, version: text, json: text },
  });
  const size = {
    users: Number(values.users ?? M.users),
    chats: Number(values.chats ?? M.chats),
    messages: Number(values.messages ?? M.messages),
  };
  const version = (values.version ?? '0.12.4') as SampleVersion;
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-main-thread-'));
  const server = await BenchServer.start({ ...size, version });
  const host = new Host(folder);
  const all: { readonly name: string; readonly figures: Watched }[] = [];
  try {
    await host.add('bench', server.url, server.apiKey);
    // The runtime loads its network code at the first call; in the editor it has long been there.
    await (await fetch(`${server.url}/api/version`)).text();
    for (const { name, prepare, work } of phasesOf(host, server, size.messages)) {
      await prepare?.();
      const figures = await watched(work);
      all.push({ name, figures });
      show(name, figures, all[0]?.figures ?? figures);
    }
  } finally {
    host.dispose();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  if (values.json !== undefined) {
    const content = { version: 1, measuredAt: new Date().toISOString(), size, server: version, phases: all };
    await writeFile(values.json, `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

function show(
  name: string,
  { elapsedMs, delay, longest, longestForeignMs, longestCollectionMs }: Watched,
  idle: Watched,
): void {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const [first] = longest;
  const isMet = (first?.cpuMs ?? 0) <= GOAL.taskMs && delay.p99 <= GOAL.p99Ms;
  console.log(
    `${name} (${(elapsedMs / 1000).toFixed(1)} s): longest task ${ms(first?.cpuMs ?? 0)} of CPU` +
      ` (the runtime's own ${ms(longestForeignMs)}, garbage collection ${ms(longestCollectionMs)})` +
      `, event loop delay p99 ${ms(delay.p99)}, ${(delay.p99 / idle.delay.p99).toFixed(1)}x of idle` +
      `, most ${ms(delay.max)} [goal task <= ${GOAL.taskMs} ms, p99 <= ${GOAL.p99Ms} ms: ${isMet ? 'met' : 'MISSED'}]`,
  );
  for (const { cpuMs, wallMs, where } of longest.filter((task) => task.cpuMs > GOAL.taskMs / 2)) {
    console.log(`    ${ms(cpuMs)} (${ms(wallMs)} in all) ${where}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
