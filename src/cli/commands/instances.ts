import { Option, type Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import {
  addInstance,
  loadInstances,
  removeInstance,
  updateInstance,
} from '../../store/instances/instancesFile';
import { keyFileOf, removeKeyFile } from '../../store/instances/keyFile';
import { PRIVACY_MODES, type PrivacyMode } from '../../store/instances/privacy';
import { leftText } from '../../sync/privacyWords';
import { instanceNamed, NO_INSTANCE } from '../chooseInstances';
import { chooseDataFolder, existingDataFolder } from '../dataFolder';
import { tellElsewhere } from '../elsewhere';
import { noOnePlace } from '../credentials';
import { jsonText } from '../jsonText';
import { askForKey, keepKey } from '../keyFile';
import { keyPlaceOf, placeText, warnOfUnsetVariable, withKeyOptions, type KeyOptions } from '../keyPlace';
import { changeMirror } from '../lockedWriter';
import { statusOf } from '../mirrorStatus';
import { plainText } from '../plainText';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { addAiAccessCommand } from './aiAccess';
import { dataOption, type DataOption } from './dataOption';
import { addTestCommand } from './instancesTest';
import { addSetPrivacyCommand } from './setPrivacy';

interface AddOptions extends DataOption, KeyOptions {
  readonly url: string;
  readonly privacy: PrivacyMode;
}

const KEY_HELP = `
Without --key-env and --key-file the key is asked for, and kept in a file of the data folder if you agree.`;

/** `instances add | list | set-key | set-privacy | ai-access | remove` */
export function addInstancesCommand(program: Command, terminal: Terminal): void {
  const instances = program.command('instances').description('add, list, test and remove Open WebUI servers');

  withKeyOptions(instances.command('add <name>').description('add a server'))
    .requiredOption('--url <url>', "the server's address, such as https://chat.example.org")
    .addOption(
      new Option('--privacy <mode>', 'what the database may hold, from most to least')
        .choices(PRIVACY_MODES)
        .default('full'),
    )
    .addOption(dataOption())
    .addHelpText('after', KEY_HELP)
    .action((name: string, options: AddOptions) => add(name, options, terminal));

  instances
    .command('list')
    .description('list the servers')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const { instances: listed } = await loadInstances(existingDataFolder(options.data, terminal.env));
      if (options.json === true) {
        terminal.out(jsonText(listed));
      } else if (listed.length === 0) {
        terminal.err(`${NO_INSTANCE}\n`);
      } else {
        terminal.out(plainText(listed.map(listLine).join('')));
      }
    });

  addTestCommand(instances, terminal);

  withKeyOptions(instances.command('set-key <name>').description("name the place of a server's key"))
    .addOption(dataOption())
    .addHelpText('after', KEY_HELP)
    .action((name: string, options: DataOption & KeyOptions) => setKey(name, options, terminal));

  addSetPrivacyCommand(instances, terminal);
  addAiAccessCommand(instances, terminal);

  instances
    .command('remove <name>')
    .description('remove a server; its data stays for SQL')
    .option('--delete-data', 'delete its rows too, for good')
    .addOption(dataOption())
    .action(async (name: string, options: DataOption & { readonly deleteData?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      await remove(folder, name, options.deleteData === true ? 'delete' : 'keep', terminal);
    });
}

/** Both or none: an instance whose key was asked for and could not be kept is not added. */
async function add(name: string, options: AddOptions, terminal: Terminal): Promise<void> {
  const credential = keyPlaceOf(options);
  const folder = chooseDataFolder(options.data, terminal.env);
  const key = credential === undefined ? await typedKey(terminal, name) : undefined;
  const { url, privacy } = options;
  const added = await addInstance(folder, { name, url, credential, privacy });
  if (key !== undefined) {
    try {
      await keep(terminal, folder, added, key);
    } catch (error) {
      await removeInstance(folder, added.id);
      throw error;
    }
  }
  terminal.out(`Added ${added.name} (${added.url}). Next: sync ${shellWord(added.name)}\n`);
  warnOfUnsetVariable(terminal, credential);
}

async function setKey(name: string, options: DataOption & KeyOptions, terminal: Terminal): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const instance = instanceNamed((await loadInstances(folder)).instances, name);
  const credential = keyPlaceOf(options);
  const changed =
    credential === undefined
      ? await keep(terminal, folder, instance, await typedKey(terminal, instance.name))
      : await updateInstance(folder, instance.id, { credential });
  if (placeText(changed) !== keyFileOf(folder, instance)) {
    removeKeyFile(folder, instance);
  }
  terminal.out(`The key of ${instance.name} is now read from ${placeText(changed)}.\n`);
  warnOfUnsetVariable(terminal, credential);
}

/** @throws CliError where nobody can be asked */
async function typedKey(terminal: Terminal, name: string): Promise<string> {
  const key = await askForKey(terminal, name);
  if (key === undefined) {
    throw noOnePlace('key');
  }
  return key;
}

/** Keeps a key that was typed, after a question, and says so in `instances.json`. */
async function keep(terminal: Terminal, folder: string, instance: Instance, key: string): Promise<Instance> {
  const credential = await keepKey(terminal, folder, instance, key, {});
  return updateInstance(folder, instance.id, { credential });
}

function listLine(instance: Instance): string {
  const { privacy = 'full' } = instance;
  const parts = [
    `${instance.id}  ${instance.name}  ${instance.url}  key: ${placeText(instance)}`,
    ...(privacy === 'full' ? [] : [`privacy: ${privacy}`]),
    ...(instance.enabled ? [] : ['(off)']),
  ];
  return `${parts.join('  ')}\n`;
}

async function remove(
  folder: string,
  name: string,
  data: 'keep' | 'delete',
  terminal: Terminal,
): Promise<void> {
  const { instances, zone } = await loadInstances(folder);
  const instance = instanceNamed(instances, name);
  const isMirrored = (await statusOf(folder, instance)) !== undefined;
  const left = isMirrored
    ? leftText(
        await changeMirror(folder, zone, terminal, (writer) => writer.removeInstance(instance.id, data)),
      )
    : '';
  await removeInstance(folder, instance.id);
  const consequence = data === 'keep' ? 'Its data stays in the database.' : 'Its data is deleted.';
  terminal.out(`Removed ${instance.name}. ${consequence}${left}\n`);
  if (data === 'delete') {
    await tellElsewhere(terminal, folder, zone, instance.id);
  }
}
