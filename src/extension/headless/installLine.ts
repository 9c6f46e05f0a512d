import { basename } from 'node:path';
import { everyOption, type Every } from '../../headless/every';

export interface InstallOrder {
  /** Path of the command line. */
  readonly cli: string;
  /** The data folder. */
  readonly root: string;
  readonly every: Every;
  /** Path of the shell that it is typed into. */
  readonly shell: string;
}

/** `node '…/openwebui-sync.js' schedule install --every 1h --data '…'`, as that shell wants it. */
export function installLine({ cli, root, every, shell }: InstallOrder): string {
  const quoted = quoting(shell);
  return `node ${quoted(cli)} schedule install --every ${everyOption(every)} --data ${quoted(root)}`;
}

function quoting(shell: string): (word: string) => string {
  const name = basename(shell.replaceAll('\\', '/')).toLowerCase();
  if (/^cmd(\.exe)?$/u.test(name)) {
    return (word) => `"${word}"`;
  }
  return /^(powershell|pwsh)/u.test(name)
    ? (word) => `'${word.replaceAll("'", "''")}'`
    : (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
