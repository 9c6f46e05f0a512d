import { hasRemedy, type WarehouseRemedy } from '../warehouse/warehouseErrors';
import { shellWord } from './shellWord';

/** What a failed warehouse is helped by, as commands and options; `name` is to be pasted. */
const COMMANDS: Readonly<Partial<Record<WarehouseRemedy, (name: string) => string>>> = {
  push: (name) => `Next: push ${name}`,
  pushAfterRestore: (name) => `Next: push ${name} --after-restore`,
  passwordApart: () => 'Name its place: --password-env VARIABLE or --password-file PATH',
  tlsApart: () => 'Choose it: --ssl MODE',
};

/** A failure's sentence, with the command that helps where there is one. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const { remedy, warehouse = 'NAME' } = hasRemedy(error) ? error : {};
  const command = remedy === undefined ? undefined : COMMANDS[remedy];
  return command === undefined ? message : `${message} ${command(shellWord(warehouse))}`;
}
