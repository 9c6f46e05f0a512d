// Run by main.ts in a process of its own: what a window with an open report takes, on a data folder that is there.
import '../../test/register.cjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Host } from '../mainThread/host';

/** Megabytes above the same process before it opened anything. */
export interface MemoryFigures {
  /** Status read, tree drawn; no worker. */
  readonly tree: number;
  /** A report was built and is kept, its reader is there. */
  readonly report: number;
  /** The same once the reader was dropped, as it is when nothing was asked for a while. */
  readonly dropped: number;
  /** The same after SQL with all rows of messages, copied; its worker is there. */
  readonly query: number;
}

const MB = 1_000_000;
const SAMPLES = 5;
const PAUSE_MS = 200;

async function main(): Promise<void> {
  const [folder = '', rows = '0'] = process.argv.slice(2);
  const host = new Host(folder);
  // The code that is needed is loaded by now; what it makes of the data counts.
  const empty = await residentMb();
  await host.showStatus();
  const tree = await residentMb();
  await host.report();
  const report = await residentMb();
  host.dispose();
  const dropped = await residentMb();
  const queries = new Host(folder);
  await queries.query(Number(rows));
  const query = await residentMb();
  queries.dispose();
  process.send?.({
    tree: tree - empty,
    report: report - empty,
    dropped: dropped - empty,
    query: query - empty,
  } satisfies MemoryFigures);
  process.disconnect();
}

async function residentMb(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await sleep(PAUSE_MS);
    collect();
    samples.push(process.memoryUsage.rss() / MB);
  }
  return Math.min(...samples);
}

void main();
