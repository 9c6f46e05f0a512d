import { commandOf, minuteOf, type SchedulePlan } from '../plan';
import type { Scheduler } from '../scheduler';

/** A line that people put into their crontab themselves: it may hold anything, and is nobody's to rewrite. */
export const CRON: Scheduler = {
  id: 'cron',
  title: 'cron line',
  files: () => [],
  enable: () => [],
  disable: () => [],
  byHand: (plan) => `${timesOf(plan)} ${commandOf(plan).map(shellWord).join(' ')}`,
  hint: 'Add the line with: crontab -e',
  minute: minuteOf,
  output: () => 'the mails of cron',
};

function timesOf({ every, ...plan }: SchedulePlan): string {
  const minute = minuteOf(plan);
  switch (every.kind) {
    case 'everyMinutes':
      return `${minute % every.minutes}-59/${every.minutes} * * * *`;
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily': {
      const [hour = 0, atMinute = 0] = every.at.split(':').map(Number);
      return `${atMinute} ${hour} * * *`;
    }
  }
}

/** A word for sh; cron itself takes a percent sign for a line end. */
function shellWord(word: string): string {
  const plain = /^[\w.:/@-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
  return plain.replaceAll('%', '\\%');
}
