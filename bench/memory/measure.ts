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
  /** The same after 100,000 rows of SQL, whose worker is there as well. */
  readonly query: number;
  /** Afterwards, without workers. */
  readonly dropped: number;
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
  await host.query(Number(rows));
  const query = await residentMb();
  host.dispose();
  const dropped = await residentMb();
  process.send?.({
    tree: tree - empty,
    report: report - empty,
    query: query - empty,
    dropped: dropped - empty,
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
