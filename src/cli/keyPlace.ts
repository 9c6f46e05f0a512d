import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CredentialSource, Instance } from '../store/instances/instance';
import { checkKeyFile } from './credentials';
import { CliError, EXIT } from './exitCodes';
import type { Terminal } from './terminal';

/** What was typed of where a key is. */
export interface KeyOptions {
  readonly keyEnv?: string;
  readonly keyFile?: string;
}

export function withKeyOptions(command: Command): Command {
  return command
    .option('--key-env <variable>', 'environment variable that holds the API key')
    .option('--key-file <path>', 'file that holds the API key, readable by you alone (0600)');
}

/** The place that was named; undefined where none was. @throws CliError when two were, or a file there is not safe */
export function keyPlaceOf({ keyEnv, keyFile }: KeyOptions): CredentialSource | undefined {
  if (keyEnv !== undefined && keyFile !== undefined) {
    throw noOnePlace();
  }
  if (keyFile !== undefined) {
    const path = resolve(keyFile);
    checkKeyFile(path);
    return { kind: 'file', path };
  }
  if (keyEnv === undefined) {
    return undefined;
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(keyEnv)) {
    // The value may well be the key itself, so it is not repeated.
    throw new CliError('--key-env takes the name of an environment variable, not the key.', EXIT.usage);
  }
  return { kind: 'environment', variable: keyEnv };
}

/** Said where no place, or more than one, was named and nobody can be asked. */
export function noOnePlace(): CliError {
  return new CliError('Say where the key is: either --key-env VAR or --key-file PATH.', EXIT.usage);
}

export function warnOfUnsetVariable({ env, err }: Terminal, source: CredentialSource | undefined): void {
  if (source?.kind === 'environment' && (env[source.variable] ?? '') === '') {
    err(`Note: ${source.variable} is not set now. Set it before the sync.\n`);
  }
}

/** Where the key of an instance is, without the key. */
export function placeText({ credential }: Pick<Instance, 'credential'>): string {
  if (credential === undefined) {
    return "the editor's secret storage";
  }
  return credential.kind === 'file' ? credential.path : `$${credential.variable}`;
}
