import type { Command } from 'commander';
import type { CredentialSource, Instance } from '../store/instances/instance';
import { secretPlace } from './credentials';
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
  return secretPlace('key', { variable: keyEnv, file: keyFile });
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
