import { readFileSync, statSync } from 'node:fs';
import type { CredentialSource, Instance } from '../store/instances/instance';
import type { Credential } from '../sync/engine/syncTypes';
import { CliError } from './exitCodes';

const RIGHTS_OF_OTHERS = 0o077;

type Environment = Readonly<Record<string, string | undefined>>;

/** The key of an instance, from the place that `instances.json` names. @throws CliError with what to do when it is not there. */
export function readCredential({ name, credential }: Instance, env: Environment): Credential {
  if (credential === undefined) {
    throw new CliError(
      `The key of ${name} is in the editor's secret storage. Name one for the command line: instances set-key ${name} --key-env VAR`,
    );
  }
  const value = readSecret(credential, env, `the key of ${name}`);
  // Keys begin with sk-; what a sign-in gives is a JSON Web Token.
  return { kind: value.startsWith('eyJ') ? 'token' : 'apiKey', value };
}

/** Checks that a key file is there and its owner's alone. @throws CliError */
export function checkKeyFile(path: string): void {
  let mode: number;
  try {
    mode = statSync(path).mode;
  } catch {
    throw new CliError(`The key file ${path} cannot be read. Check the path.`);
  }
  if (process.platform !== 'win32' && (mode & RIGHTS_OF_OTHERS) !== 0) {
    throw new CliError(`Others can read the key file ${path}. Make it yours alone: chmod 600 ${path}`);
  }
}

/** @param what such as `the key of FASGPT` @throws CliError when nothing is there, or others may read the file */
export function readSecret(source: CredentialSource, env: Environment, what: string): string {
  if (source.kind === 'environment') {
    const value = env[source.variable]?.trim() ?? '';
    if (value === '') {
      throw new CliError(`The environment variable ${source.variable}, which holds ${what}, is not set.`);
    }
    return value;
  }
  checkKeyFile(source.path);
  const value = readFileSync(source.path, 'utf8').trim();
  if (value === '') {
    throw new CliError(`The key file ${source.path} is empty.`);
  }
  return value;
}
