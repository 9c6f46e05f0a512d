import type { Terminal } from './terminal';

/** A line of a terminal that is written over. */
export interface LiveLine {
  /** Shows as much of a text as there is room for. */
  show(text: string): void;
  /** Takes the line away, so that other words can be written. */
  clear(): void;
}

/** The line of whoever watches standard error; undefined where nobody does. */
export function liveLine({ columns, err }: Pick<Terminal, 'columns' | 'err'>): LiveLine | undefined {
  if (columns === undefined) {
    return undefined;
  }
  const clear = (): void => err('\r\u001b[K');
  return {
    clear,
    show: (text) => {
      clear();
      err(text.slice(0, columns - 1));
    },
  };
}
