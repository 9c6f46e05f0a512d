import { resolve } from 'node:path';
import type { CredentialSource, Instance } from '../../store/instances/instance';
import { updateInstance } from '../../store/instances/instancesFile';
import { keyFileOf, removeKeyFile, writeKeyFile } from '../../store/instances/keyFile';
import { instanceNamed } from '../chooseInstances';
import type { YesOption } from '../confirm';
import { checkKeyFile, keyProblem, readCredential } from '../credentials';
import { CliError, EXIT } from '../exitCodes';
import { askForKey, keepKey } from '../keyFile';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import type { Undo } from './undo';

/** Files that people named for keys, `NAME=PATH`. */
export interface KeyFileOption extends YesOption {
  readonly keyFile?: readonly string[];
}

/**
 * Sees to it that the key of each instance can be read without any environment variable: from a file of its owner's own.
 * The editor goes on using its secret storage. @throws CliError when a key can be had from nowhere
 */
export async function ensureKeys(
  terminal: Terminal,
  folder: string,
  instances: readonly Instance[],
  options: KeyFileOption,
  undo: Undo,
): Promise<void> {
  const named = namedFiles(instances, options.keyFile ?? []);
  for (const instance of instances) {
    const path = named.get(instance.id);
    const source =
      path === undefined ? await ownSource(terminal, folder, instance, options, undo) : fileSource(path);
    if (source !== undefined) {
      await updateInstance(folder, instance.id, { credential: source });
      undo.add(async () => {
        await updateInstance(folder, instance.id, { credential: instance.credential ?? 'none' });
      });
      terminal.err(`The command line reads the key of ${instance.name} from ${source.path} now.\n`);
    }
  }
}

type FileSource = Extract<CredentialSource, { kind: 'file' }>;

/** @throws CliError when one is not as it must be */
function namedFiles(instances: readonly Instance[], typed: readonly string[]): ReadonlyMap<number, string> {
  return new Map(
    typed.map((text) => {
      const [, name, path] = /^([^=]+)=(.+)$/u.exec(text) ?? [];
      if (name === undefined || path === undefined) {
        throw new CliError(
          '--key-file takes NAME=PATH, such as --key-file fasgpt=/home/me/fasgpt.key',
          EXIT.usage,
        );
      }
      return [instanceNamed(instances, name).id, resolve(path)];
    }),
  );
}

function fileSource(path: string): FileSource {
  checkKeyFile(path);
  return { kind: 'file', path };
}

/** Undefined: the key can be read as it is. */
async function ownSource(
  terminal: Terminal,
  folder: string,
  instance: Instance,
  options: KeyFileOption,
  undo: Undo,
): Promise<FileSource | undefined> {
  if (keyProblem(instance, {}) === undefined) {
    return undefined;
  }
  if (keyProblem(instance, terminal.env) === undefined) {
    terminal.err(
      `The key of ${instance.name} is in an environment variable, which a schedule does not see.\n`,
    );
    const { value } = readCredential(instance, terminal.env);
    return kept(await keepKey(terminal, folder, instance, value, options), folder, instance, undo);
  }
  terminal.err(
    `A schedule cannot read the key of ${instance.name}. It will be kept in ${keyFileOf(folder, instance)}, readable by you alone.\n`,
  );
  const typed = await askForKey(terminal, instance.name);
  if (typed === undefined) {
    throw new CliError(
      `Nobody is there to type the key of ${instance.name}. Name a file that holds it: --key-file ${shellWord(`${instance.name}=PATH`)}`,
      EXIT.usage,
    );
  }
  return kept(writeKeyFile(folder, instance, typed), folder, instance, undo);
}

function kept(source: CredentialSource, folder: string, instance: Instance, undo: Undo): FileSource {
  undo.add(() => {
    removeKeyFile(folder, instance);
    return Promise.resolve();
  });
  return source.kind === 'file' ? source : { kind: 'file', path: keyFileOf(folder, instance) };
}
