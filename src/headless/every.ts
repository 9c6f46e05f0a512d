import type { Schedule } from '../sync/schedule/schedule';
import { isTimeOfDay } from '../sync/schedule/schedule';

/** How often syncs run without the editor. */
export type Every = Exclude<Schedule, { readonly kind: 'off' }>;

/** What `--every` takes, in words for help and mistakes. */
export const EVERY_FORMS = '30min, 1h or daily@HH:MM';

/** Reads `30min`, `1h` or `daily@02:00`; undefined for anything else. */
export function parseEvery(text: string): Every | undefined {
  if (text === '30min') {
    return { kind: 'everyMinutes', minutes: 30 };
  }
  if (text === '1h') {
    return { kind: 'hourly' };
  }
  const [, at] = /^daily@(.*)$/u.exec(text) ?? [];
  return at !== undefined && isTimeOfDay(at) ? { kind: 'daily', at } : undefined;
}

/** The same as an option: {@link parseEvery} reads it. */
export function everyOption(every: Every): string {
  switch (every.kind) {
    case 'everyMinutes':
      return `${every.minutes}min`;
    case 'hourly':
      return '1h';
    case 'daily':
      return `daily@${every.at}`;
  }
}

/** `every hour`, in a sentence of the command line. */
export function everyText(every: Every): string {
  switch (every.kind) {
    case 'everyMinutes':
      return `every ${every.minutes} minutes`;
    case 'hourly':
      return 'every hour';
    case 'daily':
      return `every day at ${every.at}`;
  }
}
