import { posix } from 'node:path';
import { commandOf, minuteOf, type SchedulePlan } from '../plan';
import type { Scheduler } from '../scheduler';
import { xmlText } from './xmlText';

/** An agent of the user's launchd; what it missed while the machine slept runs once after it. */
export const LAUNCHD: Scheduler = {
  id: 'launchd',
  title: 'launchd agent',
  files: (plan) => [{ path: agentPath(plan), text: agentText(plan) }],
  enable: (plan) => [
    // Installed before: the new one takes its place.
    { ...launchctl('bootout', serviceOf(plan)), mayFail: true },
    launchctl('enable', serviceOf(plan)),
    launchctl('bootstrap', domainOf(plan), agentPath(plan)),
  ],
  disable: (plan) => [{ ...launchctl('bootout', serviceOf(plan)), mayFail: true }],
  check: (plan) => launchctl('print', serviceOf(plan)),
  hint: 'An agent needs you to be logged in at the screen. Otherwise use cron: schedule install --cron',
  note: 'It runs while you are logged in.',
  minute: minuteOf,
  output: ({ headless }) => headless.log,
};

function launchctl(...args: readonly string[]) {
  return { program: 'launchctl', args };
}

function domainOf({ uid }: SchedulePlan): string {
  return `gui/${uid}`;
}

function serviceOf(plan: SchedulePlan): string {
  return `${domainOf(plan)}/${plan.name}`;
}

function agentPath({ home, name }: SchedulePlan): string {
  return posix.join(home, 'Library', 'LaunchAgents', `${name}.plist`);
}

/** 63 is 0077: what is written is the user's alone. */
function agentText(plan: SchedulePlan): string {
  const log = xmlText(plan.headless.log);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${xmlText(plan.name)}</string>
  <key>ProgramArguments</key>
  <array>
${commandOf(plan)
  .map((word) => `    <string>${xmlText(word)}</string>`)
  .join('\n')}
  </array>
  <key>StartCalendarInterval</key>
  <array>
${timesOf(plan).map(timeText).join('\n')}
  </array>
  <key>ProcessType</key>
  <string>Background</string>
  <key>LowPriorityIO</key>
  <true/>
  <key>Nice</key>
  <integer>10</integer>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardOutPath</key>
  <string>${log}</string>
  <key>StandardErrorPath</key>
  <string>${log}</string>
</dict>
</plist>
`;
}

/** Parts of the clock that fire; an absent one is any. */
interface ClockTime {
  readonly Hour?: number;
  readonly Minute: number;
}

function timesOf({ every, ...plan }: SchedulePlan): readonly ClockTime[] {
  const minute = minuteOf(plan);
  switch (every.kind) {
    case 'everyMinutes':
      return Array.from({ length: 60 / every.minutes }, (_, index) => ({
        Minute: (minute % every.minutes) + index * every.minutes,
      }));
    case 'hourly':
      return [{ Minute: minute }];
    case 'daily': {
      const [hour = 0, atMinute = 0] = every.at.split(':').map(Number);
      return [{ Hour: hour, Minute: atMinute }];
    }
  }
}

function timeText(time: ClockTime): string {
  const keys = Object.entries(time).map(
    ([key, value]) => `      <key>${key}</key>\n      <integer>${String(value)}</integer>`,
  );
  return ['    <dict>', ...keys, '    </dict>'].join('\n');
}
