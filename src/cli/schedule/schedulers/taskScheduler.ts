import { win32 } from 'node:path';
import type { Every } from '../../../headless/every';
import { commandOf, minuteOf, type SchedulePlan } from '../plan';
import type { Scheduler } from '../scheduler';
import { xmlText } from './xmlText';

/** A task of the user in the Task Scheduler of Windows, which runs while the user is logged on. */
export const TASK_SCHEDULER: Scheduler = {
  id: 'windows',
  title: 'scheduled task',
  files: (plan) => [{ path: plan.headless.task, text: taskText(plan), encoding: 'utf16le' }],
  enable: (plan) => [schtasks(plan, '/Create', '/F', '/TN', plan.name, '/XML', plan.headless.task)],
  disable: (plan) => [{ ...schtasks(plan, '/Delete', '/F', '/TN', plan.name), mayFail: true }],
  check: (plan) => schtasks(plan, '/Query', '/TN', plan.name),
  hint: 'A policy of your organisation may forbid tasks. Then let the editor sync: Start Timer',
  note: 'It runs while you are logged on; a console window shows meanwhile.',
  minute: minuteOf,
  output: ({ dataFolder }) => win32.join(dataFolder, 'openwebui_sync.log'),
};

/** By its path: Windows looks for a bare name in the working folder first. */
function schtasks({ env }: Pick<SchedulePlan, 'env'>, ...args: readonly string[]) {
  const root = env['SystemRoot'];
  const program = root === undefined ? 'schtasks' : win32.join(root, 'System32', 'schtasks.exe');
  return { program, args };
}

/** Without a user of its own in it the task is that of who creates it. */
function taskText(plan: SchedulePlan): string {
  const [program, ...args] = commandOf(plan);
  return `\ufeff<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xmlText(`OpenWebUI Sync of ${plan.dataFolder}`)}</Description>
  </RegistrationInfo>
  <Triggers>
${trigger(plan)}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(program)}</Command>
      <Arguments>${xmlText(args.map(windowsWord).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`.replaceAll('\n', '\r\n');
}

function trigger(plan: SchedulePlan): string {
  const { every } = plan;
  switch (every.kind) {
    case 'everyMinutes':
      return repeating(`PT${every.minutes}M`, 'PT3M', plan);
    case 'hourly':
      return repeating('PT1H', 'PT6M', plan);
    case 'daily':
      return daily(every);
  }
}

/** Times without a zone are those of the machine's clock. */
function repeating(interval: string, delay: string, plan: SchedulePlan): string {
  return `    <TimeTrigger>
      <Repetition>
        <Interval>${interval}</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2024-01-01T00:${String(minuteOf(plan)).padStart(2, '0')}:00</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>${delay}</RandomDelay>
    </TimeTrigger>`;
}

function daily({ at }: Extract<Every, { kind: 'daily' }>): string {
  return `    <CalendarTrigger>
      <StartBoundary>2024-01-01T${at}:00</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>`;
}

/** A word as programs of Windows take their command line apart. */
function windowsWord(word: string): string {
  if (/^[\w.:\\/@-]+$/u.test(word)) {
    return word;
  }
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
