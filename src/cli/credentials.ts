import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CredentialSource, Instance } from '../store/instances/instance';
import type { Credential } from '../sync/engine/syncTypes';
import { CliError, EXIT } from './exitCodes';
import { shellWord } from './shellWord';

const RIGHTS_OF_OTHERS = 0o077;

type Environment = Readonly<Record<string, string | undefined>>;

/** The key of an instance, from the place that `instances.json` names. @throws CliError with what to do when it is not there. */
export function readCredential({ name, credential }: Instance, env: Environment): Credential {
  if (credential === undefined) {
    throw new CliError(
      `The key of ${name} is in the editor's secret storage. Name one for the command line: instances set-key ${shellWord(name)} --key-env VAR`,
    );
  }
  const value = readSecret(credential, env, `the key of ${name}`);
  // Keys begin with sk-; what a sign-in gives is a JSON Web Token.
  return { kind: value.startsWith('eyJ') ? 'token' : 'apiKey', value };
}

/** Why the key of an instance cannot be read; undefined: it can. */
export function keyProblem(instance: Instance, env: Environment): string | undefined {
  try {
    readCredential(instance, env);
    return undefined;
  } catch (error) {
    if (error instanceof CliError) {
      return error.message;
    }
    throw error;
  }
}

/** Checks that a key file is there and its owner's alone. @throws CliError */
export function checkKeyFile(path: string): void {
  const { mode } = readable(path, () => {
    const found = statSync(path);
    if (found.isDirectory()) {
      throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
    }
    return found;
  });
  if (process.platform !== 'win32' && (mode & RIGHTS_OF_OTHERS) !== 0) {
    throw new CliError(
      `Others can read the key file ${path}. Make it yours alone: chmod 600 ${shellWord(path)}`,
    );
  }
}

/** A folder, a file of somebody else, and none at all end in the same sentence, which does not end the work on other servers. */
function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CliError(`The key file ${path} cannot be read (${codeOf(error)}). Check the path.`);
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error);
}

/** What options call a secret: `--key-env`, `--key-file`. */
type SecretName = 'key' | 'password' | 'secret' | 'token';

/**
 * Where a secret is, as it was typed; undefined where no place was named.
 * @throws CliError where two places were named, the variable cannot be one, or others can read the file
 */
export function secretPlace(
  name: SecretName,
  { variable, file }: { readonly variable: string | undefined; readonly file: string | undefined },
): CredentialSource | undefined {
  if (variable !== undefined && file !== undefined) {
    throw noOnePlace(name);
  }
  if (file !== undefined) {
    const path = resolve(file);
    checkKeyFile(path);
    return { kind: 'file', path };
  }
  if (variable === undefined) {
    return undefined;
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
    // It may well be the secret itself, so it is not repeated.
    throw new CliError(
      `--${name}-env takes the name of an environment variable, not the ${name}.`,
      EXIT.usage,
    );
  }
  return { kind: 'environment', variable };
}

/** Said where no place of a secret, or more than one, was named and nobody can be asked. */
export function noOnePlace(name: SecretName): CliError {
  return new CliError(
    `Say where the ${name} is: either --${name}-env VAR or --${name}-file PATH.`,
    EXIT.usage,
  );
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
  const value = readable(source.path, () => readFileSync(source.path, 'utf8')).trim();
  if (value === '') {
    throw new CliError(`The key file ${source.path} is empty.`);
  }
  return value;
}
