import { join } from 'node:path';
import type { Every } from '../../../headless/every';
import { commandOf, type SchedulePlan } from '../plan';
import type { Scheduler } from '../scheduler';

/** Runs come up to so much later, always the same on one machine: not all ask their servers at once. */
const DELAYS: Readonly<Record<Every['kind'], string>> = {
  everyMinutes: '3min',
  hourly: '6min',
  daily: '10min',
};

/** A timer of the user's systemd, and the service that it starts. */
export const SYSTEMD: Scheduler = {
  id: 'systemd',
  title: 'systemd timer',
  files: (plan) => [
    { path: join(unitFolder(plan), `${plan.name}.service`), text: serviceText(plan) },
    { path: join(unitFolder(plan), `${plan.name}.timer`), text: timerText(plan) },
  ],
  enable: ({ name }) => [systemctl('daemon-reload'), systemctl('enable', '--now', `${name}.timer`)],
  disable: ({ name }) => [{ ...systemctl('disable', '--now', `${name}.timer`), mayFail: true }],
  forget: [{ ...systemctl('daemon-reload'), mayFail: true }],
  check: ({ name }) => systemctl('is-active', '--quiet', `${name}.timer`),
  hint:
    'You may have no systemd of your own here, as over ssh or in a container. Let it run while you are away ' +
    '(loginctl enable-linger) and log in again, or use cron: schedule install --cron',
  note: 'It waits while you are logged out. To sync then too: loginctl enable-linger',
  isZoned: true,
  minute: () => 0,
  output: ({ name }) => `journalctl --user -u ${name}`,
};

function systemctl(...args: readonly string[]) {
  return { program: 'systemctl', args: ['--user', ...args] };
}

function unitFolder({ home, env }: SchedulePlan): string {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  return join(configured === '' ? join(home, '.config') : configured, 'systemd', 'user');
}

/**
 * Nothing that needs rights of the system: a user's manager cannot give a service a file system of its own.
 * Exit codes: 4 another window syncs, 130 stopped. A run
 * ends itself after 12 hours; the time-out is for one that cannot. MemoryDenyWriteExecute would stop Node.
 */
function serviceText(plan: SchedulePlan): string {
  return `[Unit]
Description=OpenWebUI Sync of ${specifiers(plan.dataFolder)}

[Service]
Type=oneshot
ExecStart=${commandOf(plan)
    .map((word, index) => (index === 0 ? quoted(word) : argument(word)))
    .join(' ')}
SuccessExitStatus=4 130
TimeoutStartSec=13h
Nice=10
UMask=0077
NoNewPrivileges=true
LockPersonality=true
RestrictRealtime=true
RestrictSUIDSGID=true
SystemCallArchitectures=native
`;
}

function timerText(plan: SchedulePlan): string {
  return `[Unit]
Description=OpenWebUI Sync of ${specifiers(plan.dataFolder)}

[Timer]
OnCalendar=${calendar(plan)}
RandomizedDelaySec=${DELAYS[plan.every.kind]}
FixedRandomDelay=true
Persistent=true

[Install]
WantedBy=timers.target
`;
}

function calendar({ every, zone }: SchedulePlan): string {
  switch (every.kind) {
    case 'everyMinutes':
      return `*:0/${every.minutes}`;
    case 'hourly':
      return 'hourly';
    case 'daily':
      return [`*-*-* ${every.at}:00`, zone].filter((part) => part !== undefined).join(' ');
  }
}

/** `%h` and the like would become something else. */
function specifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

function quoted(word: string): string {
  return `"${specifiers(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Variables are put into arguments, not into the program's path. */
function argument(word: string): string {
  return quoted(word).replaceAll('$', '$$$$');
}
