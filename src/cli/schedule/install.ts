import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { installCopy } from '../../headless/cliCopy';
import { everyText, type Every } from '../../headless/every';
import { headlessFolderAt } from '../../headless/headlessFolder';
import { noteInstalled, replaceableSchedule } from '../../headless/installedSchedule';
import { replaceFile } from '../../store/files/durableFiles';
import { loadInstances } from '../../store/instances/instancesFile';
import { instancesToSync } from '../chooseInstances';
import { confirm, type YesOption } from '../confirm';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { chooseNode, type ChosenNode } from './chooseNode';
import { skippedDay } from './clockGap';
import { ensureKeys, type KeyFileOption } from './ensureKeys';
import { objectionTo, scheduleName, type SchedulePlan } from './plan';
import type { ScheduleParts } from './scheduleParts';
import type { ScheduleFile, Scheduler, SystemCommand } from './scheduler';
import { schedulerOf, SCHEDULERS } from './schedulers';
import { runAll } from './systemCommands';
import { takeAway } from './takeAway';
import { testRun } from './testRun';
import { unattendedWarehouse } from './unattendedPush';
import { Undo } from './undo';

export interface InstallOptions extends YesOption, KeyFileOption {
  readonly every: Every;
  /** Name of a warehouse that is pushed to after each sync. */
  readonly withPush?: string;
  /** Path of a Node. */
  readonly node?: string;
  /** Only a line for a crontab. */
  readonly cron?: boolean;
  /** Only show what would be written. */
  readonly print?: boolean;
}

/**
 * Makes a data folder be synced without the editor: copies the command line, sees to the keys, tries it, shows what the
 * system is to be told, and tells it. What fails takes back what was done before it.
 * @throws CliError with what to do
 */
export async function installSchedule(
  terminal: Terminal,
  folder: string,
  options: InstallOptions,
  parts: ScheduleParts,
): Promise<void> {
  refuseSudo(terminal, parts);
  const { instances, zone } = await loadInstances(folder);
  const synced = instancesToSync(instances, undefined, true);
  const node = await chooseNode(options.node, terminal.env, parts.platform);
  const scheduler = options.cron === true ? SCHEDULERS.cron : schedulerOf(parts.platform);
  const warehouse =
    options.withPush === undefined ? undefined : await unattendedWarehouse(folder, options.withPush);
  const { every } = options;
  const plan = planOf(terminal, folder, zone, node, { every, push: warehouse?.name }, parts);
  const objection = objectionTo(plan);
  if (objection !== undefined) {
    throw new CliError(objection);
  }
  if (options.print === true) {
    terminal.out(shown(scheduler, plan));
    return;
  }
  const undo = new Undo();
  await undo.orAll(async () => {
    await copyHere(terminal, folder, parts, undo);
    tellNode(terminal, node);
    await ensureKeys(terminal, folder, synced, options, undo);
    await testRun(terminal, folder, node.path, synced, plan.push);
    terminal.out(`\n${shown(scheduler, plan)}\n`);
    if (scheduler.byHand === undefined) {
      await confirm(terminal, `Install this ${scheduler.title}, ${everyText(plan.every)}?`, options);
    }
    const before = await replaceableSchedule(folder);
    if (before?.scheduler === scheduler.id) {
      // Once its files are back, the one before goes on.
      undo.add(() => runAll(scheduler.enable(plan).map(optional), terminal.env, ''));
    }
    await putFiles(scheduler.files(plan), undo);
    if (before?.scheduler !== scheduler.id) {
      undo.add(() => runAll(scheduler.disable(plan), terminal.env, ''));
    }
    await runAll(scheduler.enable(plan), terminal.env, scheduler.hint);
    await noteInstalled(folder, {
      scheduler: scheduler.id,
      every: plan.every,
      node: node.path,
      push: plan.push,
      installedAt: Math.floor(Date.now() / 1000),
    });
    if (before !== undefined && before.scheduler !== scheduler.id) {
      // A systemd timer beside a cron line would sync twice.
      await takeAway(SCHEDULERS[before.scheduler], plan, terminal);
      terminal.err(`${goneText(SCHEDULERS[before.scheduler])}\n`);
    }
  });
  terminal.out(installedText(scheduler, plan));
  const skipped = scheduler.isZoned === true ? skippedDay(every, zone, Date.now()) : undefined;
  if (skipped !== undefined) {
    terminal.err(
      `Note: clocks of ${zone} jump over that time on ${skipped}, a day that systemd then leaves out. An hour later is never left out.\n`,
    );
  }
}

/** The plan of a schedule that is, or is to be, installed. */
export function planOf(
  { env }: Pick<Terminal, 'env'>,
  folder: string,
  zone: string,
  node: Pick<ChosenNode, 'path'>,
  { every, push }: Pick<SchedulePlan, 'every' | 'push'>,
  { platform, home, uid, clockZone }: ScheduleParts,
): SchedulePlan {
  return {
    name: scheduleName(folder, platform),
    dataFolder: folder,
    headless: headlessFolderAt(folder),
    node: node.path,
    every,
    push,
    zone: zone === clockZone ? undefined : zone,
    home,
    uid,
    env,
  };
}

/** A schedule of root would write files into the data folder that its owner cannot change. */
function refuseSudo({ env }: Terminal, { uid }: ScheduleParts): void {
  if (uid === 0 && !['', '0', undefined].includes(env['SUDO_UID'])) {
    throw new CliError('A schedule belongs to the user who installs it. Run this without sudo.', EXIT.usage);
  }
}

async function copyHere(
  terminal: Terminal,
  folder: string,
  { dist }: ScheduleParts,
  undo: Undo,
): Promise<void> {
  const { root } = headlessFolderAt(folder);
  if (!existsSync(root)) {
    undo.add(() => rm(root, { recursive: true, force: true }));
  }
  const copy = await installCopy(folder, { dist, version: VERSION }, Date.now());
  terminal.err(
    copy.version === VERSION
      ? `The command line is in ${root}; the editor's extension keeps it up to date.\n`
      : `${root} holds the newer version ${copy.version}, which stays.\n`,
  );
}

/** Version managers and Homebrew keep each version in a folder of its own. */
function tellNode({ err }: Terminal, { path, version }: ChosenNode): void {
  err(`It runs with ${path}.\n`);
  if (path.includes(version)) {
    err(
      `Note: this path is of Node ${version} alone. When you remove that version, run schedule install again.\n`,
    );
  }
}

function optional(command: SystemCommand): SystemCommand {
  return { ...command, mayFail: true };
}

function goneText({ title, byHand }: Scheduler): string {
  return byHand === undefined
    ? `The ${title} that was installed before is gone.`
    : `If the ${title} of before is still in your crontab, take it out: crontab -e`;
}

function shown(scheduler: Scheduler, plan: SchedulePlan): string {
  const files = scheduler.files(plan).map(({ path, text }) => `${path}:\n${indented(text)}`);
  const line = scheduler.byHand?.(plan);
  return [...files, ...(line === undefined ? [] : [`Line for crontab -e:\n${indented(line)}`])].join('\n');
}

function indented(text: string): string {
  const lines = text.replace('\ufeff', '').replaceAll('\r', '').trimEnd().split('\n');
  return lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('');
}

async function putFiles(files: readonly ScheduleFile[], undo: Undo): Promise<void> {
  for (const { path, text, encoding = 'utf8' } of files) {
    const before = existsSync(path) ? await readFile(path) : undefined;
    await mkdir(dirname(path), { recursive: true });
    undo.add(async () => {
      if (before === undefined) {
        await rm(path, { force: true });
      } else {
        replaceFile(path, before);
      }
    });
    replaceFile(path, Buffer.from(text, encoding));
  }
}

function installedText(scheduler: Scheduler, plan: SchedulePlan): string {
  const done =
    scheduler.byHand === undefined
      ? `Installed the ${scheduler.title} ${plan.name}: ${everyText(plan.every)}.`
      : `Ready. ${scheduler.hint}`;
  return [
    done,
    ...(scheduler.note === undefined ? [] : [scheduler.note]),
    `Log of the runs: ${scheduler.output(plan)}`,
    'To look at it: schedule status; to take it away: schedule remove',
    '',
  ].join('\n');
}
