import { formatCount } from '../language/numbers';
import type { PushProgress } from '../warehouse/warehouseTypes';
import { liveLine } from './liveLine';
import type { Terminal } from './terminal';

/** Shows a push under way on standard error. */
export interface PushProgressView {
  show(progress: PushProgress): void;
  /** Takes the line away, so that other words can be written. */
  clear(): void;
}

/** A line that is written over on an interactive terminal, else a plain line per table that has rows. */
export function createPushProgress(terminal: Terminal, name: string): PushProgressView {
  const line = liveLine(terminal);
  if (line === undefined) {
    const told = new Set<string>();
    return {
      clear: () => undefined,
      show: ({ table, total }) => {
        if (total > 0 && !told.has(table)) {
          told.add(table);
          terminal.err(`${name}: ${table}, ${formatCount(total)}\n`);
        }
      },
    };
  }
  return {
    clear: () => line.clear(),
    show: ({ table, done, total }) =>
      line.show(`${name}: ${table} ${formatCount(done)} of ${formatCount(total)}`),
  };
}
