import * as l10n from '@vscode/l10n';
import { shownProgressText } from './shownRun';
import type { RunSummary } from '../../store/runs';
import { headlessText } from '../headless/headlessText';
import { instanceDescription } from './instanceText';
import type { InstanceState, InstanceView, MirrorView } from './instanceView';
import { instanceViews } from './instanceView';
import { addCounts, NO_CHANGES } from '../../store/runs';
import { changesText, countOf, escapeMarkdown } from '../../sync/words';

/** What the status bar item shows. */
export interface StatusBarModel {
  readonly text: string;
  /** Markdown: a table with a row per instance, and what is to be mended. Holds icons and links to {@link TOOLTIP_COMMANDS}. */
  readonly tooltip: string;
  /** Only a dead sign-in is worth the error colour. */
  readonly isError: boolean;
}

/** What links in the tooltip may run. */
export const TOOLTIP_COMMANDS = ['workbench.action.openSettings'] as const;

/**
 * The item for the mirror's state; undefined without an instance.
 * @param settingIds settings that hold what cannot be
 */
export function statusBarModel(
  view: MirrorView,
  settingIds: readonly string[] = [],
): StatusBarModel | undefined {
  const items = instanceViews(view);
  if (items.length === 0) {
    return undefined;
  }
  const dead = items.find(({ state }) => state === 'signIn');
  return {
    text: runningText(view) ?? idleText(items, dead?.instance.name),
    tooltip: [instanceTable(items, view), ...headlessLine(view), ...settingLinks(settingIds)].join('\n\n'),
    isError: dead !== undefined && view.running.length === 0,
  };
}

const STATE_ICONS: Readonly<Record<InstanceState, string>> = {
  running: '$(sync~spin)',
  queued: '$(clock)',
  signIn: '$(key)',
  failed: '$(error)',
  incomplete: '$(warning)',
  ok: '$(pass)',
  never: '$(circle-outline)',
  paused: '$(debug-pause)',
};

function instanceTable(items: readonly InstanceView[], { now, zone }: MirrorView): string {
  const rows = items.map((item) => {
    const description = escapeMarkdown(instanceDescription(item, now, zone));
    return `| ${STATE_ICONS[item.state]} | **${escapeMarkdown(item.instance.name)}** | ${description} |`;
  });
  return [`| | ${l10n.t('Instance')} | ${l10n.t('State')} |`, '|---|---|---|', ...rows].join('\n');
}

function headlessLine({ headless, zone }: MirrorView): readonly string[] {
  return headless === undefined ? [] : [`$(clock) ${escapeMarkdown(headlessText(headless, zone))}`];
}

/** Each leads to its setting. */
function settingLinks(ids: readonly string[]): readonly string[] {
  const [command] = TOOLTIP_COMMANDS;
  return ids.map((id) => {
    const link = `[${escapeMarkdown(id)}](command:${command}?${encodeURIComponent(JSON.stringify([id]))})`;
    return `$(warning) ${l10n.t('Setting that cannot be used: {0}', link)}`;
  });
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

function idleText(items: readonly InstanceView[], signInNeeded: string | undefined): string {
  if (signInNeeded !== undefined) {
    return `$(key) ${l10n.t('{0}: key needed', literal(signInNeeded))}`;
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
  return l10n.t('{0} synced: {1}', who, changesText(counts));
}
