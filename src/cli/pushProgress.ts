import { formatCount } from '../language/numbers';
import type { PushProgress } from '../warehouse/warehouseTypes';
import type { Terminal } from './terminal';

/** Shows a push under way on standard error. */
export interface PushProgressView {
  show(progress: PushProgress): void;
  /** Takes the line away, so that other words can be written. */
  clear(): void;
}

/** A line that is written over on an interactive terminal, else a plain line per table that has rows. */
export function createPushProgress({ columns, err }: Terminal, name: string): PushProgressView {
  const told = new Set<string>();
  if (columns === undefined) {
    return {
      clear: () => undefined,
      show: ({ table, total }) => {
        if (total > 0 && !told.has(table)) {
          told.add(table);
          err(`${name}: ${table}, ${formatCount(total)}\n`);
        }
      },
    };
  }
  const clear = (): void => err('\r\u001b[K');
  return {
    clear,
    show: ({ table, done, total }) => {
      clear();
      err(`${name}: ${table} ${formatCount(done)} of ${formatCount(total)}`.slice(0, columns - 1));
    },
  };
}
