import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CredentialSource, Instance } from '../../store/instance';
import { addInstance, loadInstances, removeInstance, updateInstance } from '../../store/instancesFile';
import { createReader } from '../../store/reader';
import { loadStatus } from '../../store/status';
import { createFolderLocker } from '../../sync/engine/folderLocker';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import { instanceNamed } from '../chooseInstances';
import { checkKeyFile } from '../credentials';
import { chooseDataFolder, existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { WORKERS, writerOf } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface KeyOptions {
  readonly keyEnv?: string;
  readonly keyFile?: string;
}

/** `instances add | list | set-key | remove` */
export function addInstancesCommand(program: Command, terminal: Terminal): void {
  const instances = program.command('instances').description('add, list and remove Open WebUI servers');

  withKeyOptions(instances.command('add <name>').description('add a server'))
    .requiredOption('--url <url>', "the server's address, such as https://chat.example.org")
    .addOption(dataOption())
    .action(async (name: string, options: DataOption & KeyOptions & { readonly url: string }) => {
      const credential = credentialSource(options);
      const folder = chooseDataFolder(options.data, terminal.env);
      const added = await addInstance(folder, { name, url: options.url, credential });
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
  const state = instance.enabled ? '' : '  (off)';
  return `${instance.id}  ${instance.name}  ${instance.url}  key: ${placeOf(instance)}${state}\n`;
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
  if (await hasData(folder, instance)) {
    const locker = createFolderLocker(folder, VERSION);
    const openWriter = writerOf(folder, zone, (sentence) => terminal.err(`${sentence}\n`));
    await withLockedWriter(locker, openWriter, (writer) => writer.removeInstance(instance.id, data));
  }
  await removeInstance(folder, instance.id);
  const consequence = data === 'keep' ? 'Its data stays in the database.' : 'Its data is deleted.';
  terminal.out(`Removed ${instance.name}. ${consequence}\n`);
}

async function hasData(folder: string, { id }: Instance): Promise<boolean> {
  const reader = createReader({ folder, workerPath: WORKERS.reader });
  try {
    const { instances } = await loadStatus(folder, reader);
    return instances.some(({ instanceId }) => instanceId === id);
  } finally {
    reader.dispose();
  }
}
