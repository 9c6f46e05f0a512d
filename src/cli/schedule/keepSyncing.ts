import { setTimeout as sleep } from 'node:timers/promises';
import { everyText, type Every } from '../../headless/every';
import { formatDateTime } from '../../sync/words';
import type { CostParts } from '../costSession';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { Unattended } from './unattended';
import { UnattendedCosts } from './unattendedCosts';

const TICK_MS = 30_000;

/** Syncs when it is due until the process is asked to end. @throws CliError at its end */
export async function keepSyncing(
  terminal: Terminal,
  folder: string,
  every: Every,
  costParts: CostParts,
): Promise<void> {
  const { signal } = terminal;
  const told = new Set<string>();
  const tellOnce = (text: string): void => {
    if (!told.has(text)) {
      told.add(text);
      mirror.say(text, terminal.err);
    }
  };
  const onFailure = (error: unknown): void => {
    if (!signal.aborted) {
      tellOnce(messageOf(error));
    }
  };
  const mirror = new Unattended(
    terminal,
    folder,
    { schedule: every },
    {
      // A failure that comes back after a good run is news.
      onRun: () => told.clear(),
      onBusy: ({ pid }) => tellOnce(`Process ${pid} syncs this data folder now. What is due waits for it.`),
      onFailure,
    },
  );
  const costs = new UnattendedCosts(terminal, folder, mirror, costParts, {
    onRun: () => told.clear(),
    onFailure,
  });
  await mirror.reload();
  mirror.say(`OpenWebUI Sync ${VERSION} syncs ${everyText(every)} until it is stopped. Data: ${folder}`);
  let next = '';
  while (!signal.aborted) {
    try {
      await mirror.reload();
      tellMissing(mirror, tellOnce);
      await mirror.syncs.tick(Date.now());
      await costs.tick(Date.now());
      // What was just synced is due later.
      await mirror.reload();
      const due = nextText(mirror);
      if (due !== undefined && due !== next && !isAborted(signal)) {
        next = due;
        mirror.say(due);
      }
    } catch (error) {
      onFailure(error);
    }
    await pause(signal);
  }
  throw new CliError('Stopped. What was fetched is kept; the next sync goes on from there.', EXIT.cancelled);
}

function tellMissing({ instances, problems }: Unattended, tell: (text: string) => void): void {
  if (!instances.some(({ enabled }) => enabled)) {
    tell('There is no instance that is switched on. Add one: instances add');
  }
  problems.forEach((problem) => tell(problem));
}

/** Without the seconds that the clock's own steps bring. */
function nextText({ syncs, problems, zone }: Unattended): string | undefined {
  const now = Date.now();
  const ahead = [...syncs.nextRuns(now)].filter(([id, at]) => at > now && !problems.has(id));
  return ahead.length === 0
    ? undefined
    : `Next sync: ${formatDateTime(Math.min(...ahead.map(([, at]) => at)), zone)}`;
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(TICK_MS, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
