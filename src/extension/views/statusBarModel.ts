import { shownProgressText } from './shownRun';
import type { RunSummary } from '../../store/runs';
import { instanceDescription } from './instanceText';
import type { MirrorView } from './instanceView';
import { instanceViews } from './instanceView';
import { addCounts, NO_CHANGES } from '../../store/runs';
import { changesText, countOf, escapeMarkdown } from '../../sync/words';

/** What the status bar item shows. */
export interface StatusBarModel {
  readonly text: string;
  /** Markdown, one line per instance. */
  readonly tooltip: string;
  /** Only a dead sign-in is worth the error colour. */
  readonly isError: boolean;
}

/** The item for the mirror's state; undefined without an instance. */
export function statusBarModel(view: MirrorView): StatusBarModel | undefined {
  const items = instanceViews(view);
  if (items.length === 0) {
    return undefined;
  }
  const lines = items.map((item) => {
    const description = escapeMarkdown(instanceDescription(item, view.now, view.zone));
    return `**${escapeMarkdown(item.instance.name)}** ${description}`;
  });
  const dead = items.find(({ state }) => state === 'signIn');
  return {
    text: runningText(view) ?? idleText(items, dead?.instance.name),
    tooltip: lines.join('\n\n'),
    isError: dead !== undefined && view.running.length === 0,
  };
}

function runningText({ running }: MirrorView): string | undefined {
  const [first, ...others] = [...running].sort((a, b) => rank(a.phase) - rank(b.phase));
  if (first === undefined) {
    return undefined;
  }
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return `$(sync~spin) ${literal(first.instanceName)}: ${shownProgressText(first)}${more}`;
}

/** Runs that fetch come before those that wait. */
function rank(phase: string): number {
  return phase === 'queued' ? 1 : 0;
}

function idleText(items: ReturnType<typeof instanceViews>, signInNeeded: string | undefined): string {
  if (signInNeeded !== undefined) {
    return `$(key) ${literal(signInNeeded)}: key needed`;
  }
  if (items.some(({ state }) => state === 'failed')) {
    return '$(warning) OpenWebUI Sync';
  }
  const chats = items.reduce((sum, { status }) => sum + (status?.chats ?? 0), 0);
  return chats === 0 ? '$(sync) OpenWebUI Sync' : `$(sync) ${countOf(chats, 'chat')}`;
}

/** A name in a status bar text: `$(...)` in it would become an icon. */
function literal(name: string): string {
  return name.replaceAll('$(', '$ (');
}

/** One line on finished runs: `fasgpt synced: 12 new, 3 changed`, `3 instances synced: nothing changed`. */
export function finishedText(runs: readonly RunSummary[], names: readonly string[]): string {
  const who = names.length === 1 ? literal(names[0] ?? '') : countOf(names.length, 'instance');
  const counts = runs.reduce((sum, run) => addCounts(sum, run.counts), NO_CHANGES);
  return `${who} synced: ${changesText(counts)}`;
}
