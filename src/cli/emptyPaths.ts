import type { Command } from 'commander';
import { CliError, EXIT } from './exitCodes';

/** What options and arguments call their value where it is a path. */
const IS_PATH = /^(?:dir|path|files?)$/u;

/**
 * Refuses an empty path before a command begins: the system takes it for the current folder, and it is what a variable of
 * the shell gives that was never set. @throws CliError naming the option or argument
 */
export function refuseEmptyPaths(command: Command): void {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const values = [
    ...command.options.map((option) => ({
      label: option.long ?? option.flags,
      kind: /[<[](\w+)/u.exec(option.flags)?.[1],
      value: options[option.attributeName()],
    })),
    ...command.registeredArguments.map((argument, index) => ({
      label: argument.name().toUpperCase(),
      kind: argument.name(),
      value: argument.variadic ? command.args.slice(index) : command.args[index],
    })),
  ];
  const empty = values.find(({ kind, value }) => kind !== undefined && IS_PATH.test(kind) && isEmpty(value));
  if (empty !== undefined) {
    throw new CliError(
      `${empty.label} takes a path, and the one given is empty. Is a variable of the shell not set?`,
      EXIT.usage,
    );
  }
}

function isEmpty(value: unknown): boolean {
  return [value].flat().some((one) => typeof one === 'string' && one.trim() === '');
}
