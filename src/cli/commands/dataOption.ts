import { Option } from 'commander';

/** The option that every command takes. */
export interface DataOption {
  readonly data?: string;
}

/** `--data DIR`; a new one for each command. */
export function dataOption(): Option {
  return new Option('--data <dir>', 'folder of the database (default: that of the VS Code extension)');
}
