import type { Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import { loadInstances } from '../../store/instances/instancesFile';
import { personHash } from '../../store/instances/people';
import { readPeople, type Person } from '../../sync/texts/people';
import { instanceNamed } from '../chooseInstances';
import type { YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { lookElsewhereOf, tellElsewhere } from '../elsewhere';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { purgeAfterQuestion, purgedText } from '../purge';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

/** `erase-person NAME EMAIL-OR-ID [--yes] [--json]` */
export function addErasePersonCommand(program: Command, terminal: Terminal): void {
  program
    .command('erase-person <name> <email-or-id>')
    .description('remove a user of a server with all that is theirs; later syncs leave them out')
    .option('--yes', 'do not ask')
    .option('--json', 'tell what was removed as JSON')
    .addOption(dataOption())
    .action(
      async (name: string, who: string, options: DataOption & YesOption & { readonly json?: boolean }) => {
        const folder = existingDataFolder(options.data, terminal.env);
        const { instances, zone, salt } = await loadInstances(folder);
        const instance = instanceNamed(instances, name);
        const { remoteId, name: person } = await findPerson(folder, instance, who, salt);
        const purge = {
          folder,
          zone,
          consequence:
            `The account of ${plainText(person)} on ${instance.name}, its chats, messages and ratings are removed, and all ` +
            'older copies of the database with them. Later syncs leave this person out. The server is not changed.',
          question: `Erase ${plainText(person)}?`,
          plan: (writer) => writer.planErasure(instance.id, remoteId),
          perform: (writer) => writer.erasePerson(instance.id, remoteId),
        } satisfies Parameters<typeof purgeAfterQuestion>[1];
        const removed = await purgeAfterQuestion(terminal, purge, options);
        if (options.json === true) {
          const elsewhere = await lookElsewhereOf(folder, instance.id);
          terminal.out(jsonText({ instance: instance.name, ...removed, elsewhere }));
          return;
        }
        terminal.out(`Erased from ${instance.name}: ${purgedText(removed)}\n`);
        await tellElsewhere(terminal, folder, zone, instance.id);
      },
    );
}

/** @throws CliError unless the words name exactly one user of the mirror */
async function findPerson(
  folder: string,
  instance: Instance,
  who: string,
  salt: string | undefined,
): Promise<Person> {
  const people = await withReader(folder, (reader) => readPeople(reader, instance.id));
  // Where ids are hashed the mirror knows neither the e-mail address nor the id that the server shows.
  const hash = salt === undefined ? undefined : personHash(salt, instance.id, who);
  const found = people.filter(
    ({ email, remoteId }) =>
      email?.toLowerCase() === who.toLowerCase() || remoteId === who || remoteId === hash,
  );
  const [only, another] = found;
  if (only === undefined) {
    throw new CliError(
      `The database knows nobody of ${instance.name} with this e-mail address or id. To look: query "SELECT remote_id, name, email FROM users"`,
    );
  }
  if (another !== undefined) {
    const ids = found.map(({ remoteId }) => remoteId).join(', ');
    throw new CliError(`Several accounts have this e-mail address. Give one id of: ${ids}`, EXIT.usage);
  }
  return only;
}
