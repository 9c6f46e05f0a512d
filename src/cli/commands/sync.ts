import { Option, type Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import type { RunSummary } from '../../store/runs';
import { SyncCoordinator } from '../../sync/engine/syncCoordinator';
import type { SyncRequest } from '../../sync/engine/syncTypes';
import { heldAmounts, isOnlyHeldBack } from '../../sync/texts/heldDeletions';
import { previewText } from '../../sync/texts/previewText';
import { confirm, type YesOption } from '../confirm';
import { CliError, EXIT } from '../exitCodes';
import { heldText, readHeld, type HeldOfInstance } from '../heldDeletions';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { isComplete, runText } from '../runLine';
import { openServerSession, type ChoiceOptions, type ServerSession } from '../serverSession';
import type { Terminal } from '../terminal';
import { dataOption } from './dataOption';

interface SyncOptions extends ChoiceOptions, YesOption {
  readonly full?: boolean;
  readonly reconcile?: boolean;
  readonly preview?: boolean;
  readonly acceptDeletions?: boolean;
  readonly json?: boolean;
}

/** `sync [NAME] [--all] [--full | --reconcile] [--preview | --accept-deletions]` */
export function addSyncCommand(program: Command, terminal: Terminal): void {
  program
    .command('sync [name]')
    .description('fetch what changed on a server, or on all of them')
    .option('--all', 'all servers')
    .addOption(new Option('--full', 'trust nothing that was fetched before').conflicts('reconcile'))
    .option('--reconcile', 'look at everybody, not only at those who were active')
    .addOption(
      new Option('--preview', 'say what would change; nothing is written').conflicts('acceptDeletions'),
    )
    .option('--accept-deletions', 'mark as deleted what was held back, after listing it')
    .option('--yes', 'with --accept-deletions: do not ask')
    .option('--json', 'as JSON: the record of each run, or the previews')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: SyncOptions) => {
      const session = await openServerSession(terminal, name, options);
      await (options.preview === true
        ? preview(session, terminal, options)
        : sync(session, terminal, options));
    });
}

function requestOf({ full, reconcile, acceptDeletions }: SyncOptions): SyncRequest {
  return {
    kind: full === true ? 'full' : 'incremental',
    trigger: 'cli',
    // What was held back can only be seen again by looking at everybody.
    ...(reconcile === true || acceptDeletions === true ? { walk: 'complete' } : {}),
    ...(acceptDeletions === true ? { acceptMassDeletion: true } : {}),
  };
}

async function preview(session: ServerSession, terminal: Terminal, options: SyncOptions): Promise<void> {
  const { ready, chosen, deps } = session;
  terminal.err(`Looking at ${ready.map(({ name }) => name).join(', ')}. Nothing will be written.\n`);
  const previews = await new SyncCoordinator(deps).preview(ready, requestOf(options), terminal.signal);
  terminal.out(options.json === true ? jsonText(previews) : plainText(previews.map(previewText).join('\n')));
  const complete = previews.filter(({ run }) => isComplete(run)).length;
  if (complete < chosen.length) {
    throw new CliError('The preview is not complete; the lines above say why.', EXIT.incomplete);
  }
}

async function sync(session: ServerSession, terminal: Terminal, options: SyncOptions): Promise<void> {
  const isAccepting = options.acceptDeletions === true;
  const asked = isAccepting ? await agreed(session, terminal, options) : session.ready;
  if (isAccepting && asked.length === 0) {
    terminal.out(options.json === true ? jsonText([]) : 'No deletion is held back.\n');
    return;
  }
  // Standard output holds the document alone, so that programs can read it.
  const tell = options.json === true ? { ...terminal, out: terminal.err } : terminal;
  const runs = await syncAll(session, asked, requestOf(options), tell);
  if (options.json === true) {
    terminal.out(jsonText(runs.map((run) => ({ instance: nameOf(run, asked), ...run }))));
  }
  assertComplete(isAccepting ? asked : session.chosen, runs, terminal);
}

/** The instances with deletions that were listed and agreed to. */
async function agreed(
  { folder, ready }: ServerSession,
  terminal: Terminal,
  options: SyncOptions,
): Promise<readonly Instance[]> {
  const held = (await readHeld(folder, ready)).filter(({ deletions }) => deletions.length > 0);
  if (held.length === 0) {
    return [];
  }
  (options.json === true ? terminal.err : terminal.out)(plainText(held.map(heldText).join('\n')));
  await confirm(terminal, `Mark as deleted: ${held.map(amountsOf).join('; ')}?`, options);
  return held.map(({ instance }) => instance);
}

function amountsOf({ instance, deletions }: HeldOfInstance): string {
  return `${heldAmounts(deletions)} of ${instance.name}`;
}

function nameOf({ instanceId }: RunSummary, instances: readonly Instance[]): string | undefined {
  return instances.find(({ id }) => id === instanceId)?.name;
}

async function syncAll(
  { deps, progress }: ServerSession,
  instances: readonly Instance[],
  request: SyncRequest,
  terminal: Terminal,
): Promise<readonly RunSummary[]> {
  const coordinator = new SyncCoordinator(deps);
  const subscription = coordinator.onEvent((event) => {
    progress.show(event);
    if (event.type === 'finished') {
      progress.clear();
      const text = plainText(runText(event.run, event.instanceName));
      (isComplete(event.run) ? terminal.out : terminal.err)(text);
    }
  });
  try {
    return await coordinator.sync(instances, request, terminal.signal);
  } finally {
    subscription.dispose();
    progress.clear();
  }
}

/** @throws CliError unless every instance was synced to its end. */
function assertComplete(chosen: readonly Instance[], runs: readonly RunSummary[], terminal: Terminal): void {
  if (terminal.signal.aborted) {
    throw new CliError(
      'Cancelled. What was fetched is kept; the next sync goes on from there.',
      EXIT.cancelled,
    );
  }
  const complete = runs.filter(isComplete).length;
  if (complete === chosen.length) {
    return;
  }
  throw new CliError(incompleteText(chosen.length, runs), EXIT.incomplete);
}

function incompleteText(asked: number, runs: readonly RunSummary[]): string {
  const incomplete = runs.filter((run) => !isComplete(run));
  if (asked === runs.length && incomplete.every(isOnlyHeldBack)) {
    return 'Deletions were held back; the lines above say how to review them.';
  }
  const missing = asked - (runs.length - incomplete.length);
  return asked === 1
    ? 'The sync is not complete. Run it again once the cause is gone; openwebui_sync.log has the details.'
    : `${missing} of ${asked} instances were not synced completely. openwebui_sync.log has the details.`;
}
