// npm run bench:memory [-- --users=3000 --chats=15000 --messages=100000 --data=FOLDER]: memory of a window at M.
// The product imports its SQL as text; this must come before it.
import '../../test/register.cjs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { BenchServer } from '../mainThread/benchServer';
import { Host } from '../mainThread/host';
import type { MemoryFigures } from './measure';

const M = { users: 3_000, chats: 15_000, messages: 100_000 };
const GOALS_MB = { tree: 40, report: 300 };
/** Left by the tests inside a real VS Code. */
const IN_HOST = join(__dirname, '..', '..', 'out', 'memory.json');
const inHost = v.object({ treeMb: v.number(), treeHeapMb: v.number(), hostMb: v.number(), host: v.string() });

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { users: text, chats: text, messages: text, data: text } });
  const size = {
    users: Number(values.users ?? M.users),
    chats: Number(values.chats ?? M.chats),
    messages: Number(values.messages ?? M.messages),
  };
  const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'openwebui-sync-memory-')));
  try {
    if (values.data === undefined) {
      await fill(folder, size);
    }
    show(await measured(folder, Math.floor(size.messages * 0.99)));
    await showHost();
  } finally {
    if (values.data === undefined) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function fill(folder: string, size: typeof M): Promise<void> {
  const server = await BenchServer.start({ ...size, version: '0.12.4' });
  const host = new Host(folder);
  try {
    await host.add('bench', server.url, server.apiKey);
    await host.sync('full');
  } finally {
    host.dispose();
    await server.stop();
  }
}

async function measured(folder: string, rows: number): Promise<MemoryFigures> {
  const child = fork(join(__dirname, 'measure.ts'), [folder, String(rows)]);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The measured process ended with code ${String(code)}.`);
  });
  failed.catch(() => undefined);
  const [figures] = (await Promise.race([once(child, 'message'), failed])) as [MemoryFigures];
  return figures;
}

function show({ tree, report, dropped, query }: MemoryFigures): void {
  const goal = (value: number, limit: number): string =>
    `[goal < ${limit} MB: ${value < limit ? 'met' : 'MISSED'}]`;
  const mb = (value: number): string => `${value.toFixed(1)} MB`;
  console.log(`tree: ${mb(tree)} ${goal(tree, GOALS_MB.tree)}`);
  console.log(`open report: ${mb(report)} ${goal(report, GOALS_MB.report)}`);
  console.log(`open report, its reader dropped: ${mb(dropped)}`);
  console.log(`open report and the SQL results of all messages: ${mb(query)}`);
}

async function showHost(): Promise<void> {
  const text = await readFile(IN_HOST, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const { treeMb, treeHeapMb, hostMb, host } = v.parse(inHost, JSON.parse(text));
    console.log(
      `tree in the host of ${host}: ${treeMb.toFixed(1)} MB above ${hostMb.toFixed(0)} MB` +
        `, ${treeHeapMb.toFixed(1)} MB of heap [goal < ${GOALS_MB.tree} MB: ${treeMb < GOALS_MB.tree ? 'met' : 'MISSED'}]`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
