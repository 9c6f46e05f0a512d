import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { CredentialSource, Instance } from '../../store/instances/instance';
import {
  addInstance,
  loadInstances,
  removeInstance,
  updateInstance,
} from '../../store/instances/instancesFile';
import { PRIVACY_MODES, type PrivacyMode } from '../../store/instances/privacy';
import { leftText } from '../../sync/privacyWords';
import { instanceNamed } from '../chooseInstances';
import { checkKeyFile } from '../credentials';
import { chooseDataFolder, existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { changeMirror } from '../lockedWriter';
import { statusOf } from '../mirrorStatus';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';
import { addSetPrivacyCommand } from './setPrivacy';

interface KeyOptions {
  readonly keyEnv?: string;
  readonly keyFile?: string;
}

interface AddOptions extends DataOption, KeyOptions {
  readonly url: string;
  readonly privacy: PrivacyMode;
}

/** `instances add | list | set-key | set-privacy | remove` */
export function addInstancesCommand(program: Command, terminal: Terminal): void {
  const instances = program.command('instances').description('add, list and remove Open WebUI servers');

  withKeyOptions(instances.command('add <name>').description('add a server'))
    .requiredOption('--url <url>', "the server's address, such as https://chat.example.org")
    .addOption(
      new Option('--privacy <mode>', 'what the database may hold, from most to least')
        .choices(PRIVACY_MODES)
        .default('full'),
    )
    .addOption(dataOption())
    .action(async (name: string, options: AddOptions) => {
      const credential = credentialSource(options);
      const folder = chooseDataFolder(options.data, terminal.env);
      const added = await addInstance(folder, {
        name,
        url: options.url,
        credential,
        privacy: options.privacy,
      });
      terminal.out(`Added ${added.name} (${added.url}). Next: sync ${added.name}\n`);
      warnOfUnsetVariable(terminal, credential);
    });

  instances
    .command('list')
    .description('list the servers')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const file = await loadInstances(existingDataFolder(options.data, terminal.env));
      terminal.out(
        options.json === true
          ? `${JSON.stringify(file.instances, undefined, 2)}\n`
          : file.instances.map(listLine).join(''),
      );
    });

  withKeyOptions(instances.command('set-key <name>').description("name the place of a server's key"))
    .addOption(dataOption())
    .action(async (name: string, options: DataOption & KeyOptions) => {
      const credential = credentialSource(options);
      const folder = existingDataFolder(options.data, terminal.env);
      const instance = instanceNamed((await loadInstances(folder)).instances, name);
      await updateInstance(folder, instance.id, { credential });
      terminal.out(`The key of ${instance.name} is now read from ${placeOf({ ...instance, credential })}.\n`);
      warnOfUnsetVariable(terminal, credential);
    });

  addSetPrivacyCommand(instances, terminal);

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

function withKeyOptions(command: Command): Command {
  return command
    .option('--key-env <variable>', 'environment variable that holds the API key')
    .option('--key-file <path>', 'file that holds the API key, readable by you alone (0600)');
}

/** @throws CliError unless exactly one place is named and a file there is safe. */
function credentialSource({ keyEnv, keyFile }: KeyOptions): CredentialSource {
  if ((keyEnv === undefined) === (keyFile === undefined)) {
    throw new CliError('Say where the key is: either --key-env VAR or --key-file PATH.', EXIT.usage);
  }
  if (keyFile !== undefined) {
    const path = resolve(keyFile);
    checkKeyFile(path);
    return { kind: 'file', path };
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(keyEnv ?? '')) {
    // The value may well be the key itself, so it is not repeated.
    throw new CliError('--key-env takes the name of an environment variable, not the key.', EXIT.usage);
  }
  return { kind: 'environment', variable: keyEnv ?? '' };
}

function warnOfUnsetVariable({ env, err }: Terminal, source: CredentialSource): void {
  if (source.kind === 'environment' && (env[source.variable] ?? '') === '') {
    err(`Note: ${source.variable} is not set now. Set it before the sync.\n`);
  }
}

function listLine(instance: Instance): string {
  const { privacy = 'full' } = instance;
  const parts = [
    `${instance.id}  ${instance.name}  ${instance.url}  key: ${placeOf(instance)}`,
    ...(privacy === 'full' ? [] : [`privacy: ${privacy}`]),
    ...(instance.enabled ? [] : ['(off)']),
  ];
  return `${parts.join('  ')}\n`;
}

function placeOf({ credential }: Instance): string {
  if (credential === undefined) {
    return "the editor's secret storage";
  }
  return credential.kind === 'file' ? credential.path : `$${credential.variable}`;
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
}
