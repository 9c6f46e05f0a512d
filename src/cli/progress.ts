import type { RunProgress, SyncEvent } from '../sync/engine/syncTypes';
import { progressText } from '../sync/words';
import { liveLine, type LiveLine } from './liveLine';
import type { Terminal } from './terminal';

/** Shows syncs under way on standard error. */
export interface ProgressView {
  show(event: SyncEvent): void;
  /** Takes the line away, so that other words can be written. */
  clear(): void;
}

/** A line that is written over on an interactive terminal, else a plain line per phase. */
export function createProgressView(terminal: Terminal): ProgressView {
  const line = liveLine(terminal);
  return line === undefined ? plainLines(terminal) : writtenOver(line);
}

const BAR_WIDTH = 20;

function writtenOver(line: LiveLine): ProgressView {
  const running = new Map<number, RunProgress>();
  return {
    clear: () => line.clear(),
    show: (event) => {
      if (event.type === 'finished') {
        running.delete(event.run.instanceId);
        return;
      }
      running.set(event.progress.instanceId, event.progress);
      const all = [...running.values()];
      line.show([bar(all), ...all.map(inWords)].filter((part) => part !== '').join('  '));
    },
  };
}

/** How much of the known work is done; nothing while no total is known. */
function bar(running: readonly RunProgress[]): string {
  const counted = running.filter(({ total }) => total !== undefined && total > 0);
  if (counted.length === 0) {
    return '';
  }
  const done = counted.reduce((sum, progress) => sum + progress.done, 0);
  const total = counted.reduce((sum, progress) => sum + (progress.total ?? 0), 0);
  const filled = Math.min(Math.round((done / total) * BAR_WIDTH), BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}

function plainLines(terminal: Terminal): ProgressView {
  const phases = new Map<string, RunProgress['phase']>();
  return {
    clear: () => undefined,
    show: (event) => {
      if (event.type === 'progress' && phases.get(event.progress.runId) !== event.progress.phase) {
        phases.set(event.progress.runId, event.progress.phase);
        terminal.err(`${inWords(event.progress)}\n`);
      }
    },
  };
}

function inWords(progress: RunProgress): string {
  return `${progress.instanceName}: ${progressText(progress)}`;
}
