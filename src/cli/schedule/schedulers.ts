import type { SchedulerId } from '../../headless/installedSchedule';
import type { Scheduler } from './scheduler';
import { CRON } from './schedulers/cron';
import { LAUNCHD } from './schedulers/launchd';
import { SYSTEMD } from './schedulers/systemd';
import { TASK_SCHEDULER } from './schedulers/taskScheduler';

export const SCHEDULERS: Readonly<Record<SchedulerId, Scheduler>> = {
  systemd: SYSTEMD,
  launchd: LAUNCHD,
  windows: TASK_SCHEDULER,
  cron: CRON,
};

const BY_PLATFORM: Partial<Record<NodeJS.Platform, Scheduler>> = {
  linux: SYSTEMD,
  darwin: LAUNCHD,
  win32: TASK_SCHEDULER,
};

/** What a system has for it; cron where nothing else is known. */
export function schedulerOf(platform: NodeJS.Platform): Scheduler {
  return BY_PLATFORM[platform] ?? CRON;
}
