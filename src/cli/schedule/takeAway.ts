import { rm } from 'node:fs/promises';
import type { Terminal } from '../terminal';
import type { SchedulePlan } from './plan';
import type { Scheduler } from './scheduler';
import { runAll } from './systemCommands';

/** Switches a schedule off and deletes what was written for it. */
export async function takeAway(
  scheduler: Scheduler,
  plan: SchedulePlan,
  { env }: Pick<Terminal, 'env'>,
): Promise<void> {
  await runAll(scheduler.disable(plan), env, '');
  await Promise.all(scheduler.files(plan).map(({ path }) => rm(path, { force: true })));
  await runAll(scheduler.forget ?? [], env, '');
}
