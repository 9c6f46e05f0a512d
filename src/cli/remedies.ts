import { remedyOf, type WarehouseRemedy } from '../warehouse/warehouseErrors';

/** What a failed warehouse is helped by, as commands and options. */
const COMMANDS: Readonly<Partial<Record<WarehouseRemedy, string>>> = {
  push: 'Next: push',
  pushAfterRestore: 'Next: push --after-restore',
  passwordApart: 'Name its place: --password-env VARIABLE or --password-file PATH',
  tlsApart: 'Choose it: --ssl MODE',
};

/** A failure's sentence, with the command that helps where there is one. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = remedyOf(error);
  const command = remedy === undefined ? undefined : COMMANDS[remedy];
  return command === undefined ? message : `${message} ${command}`;
}
