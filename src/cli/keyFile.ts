import type { CredentialSource, Instance } from '../store/instances/instance';
import { keyFileOf, writeKeyFile } from '../store/instances/keyFile';
import { confirm, type YesOption } from './confirm';
import { CliError } from './exitCodes';
import type { Terminal } from './terminal';

/**
 * Asks for the key of an instance, without showing what is typed. @returns undefined where nobody is there to answer
 * @throws CliError when nothing was typed
 */
export async function askForKey(
  { askSecret }: Pick<Terminal, 'askSecret'>,
  name: string,
): Promise<string | undefined> {
  if (askSecret === undefined) {
    return undefined;
  }
  const key = await askSecret(`API key of ${name} (is not shown): `);
  if (key === '') {
    throw new CliError('No key was typed. Nothing was changed.');
  }
  return key;
}

/**
 * Keeps a key in a file of the data folder that its owner alone can read (0600), after asking.
 * @returns what `instances.json` says of it @throws CliError unless agreed to, StorageError
 */
export async function keepKey(
  terminal: Pick<Terminal, 'ask'>,
  folder: string,
  instance: Pick<Instance, 'id' | 'name'>,
  key: string,
  options: YesOption,
): Promise<CredentialSource> {
  const question = `Keep the key of ${instance.name} in ${keyFileOf(folder, instance)}, readable by you alone?`;
  await confirm(terminal, question, options);
  return writeKeyFile(folder, instance, key);
}
