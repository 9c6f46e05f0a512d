import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import type { ChoiceItem } from '../quickInput';
import { askChoice, BACK } from '../quickInput';
import type { Person } from '../../sync/texts/people';
import { readPeople } from '../../sync/texts/people';
import { purgeAfterQuestion } from './purge';

/**
 * Asks for somebody and removes him with all that is his from every file of the mirror; later syncs leave him out.
 * @throws CancelledError, SyncBusyError, NoDatabaseError
 */
export async function erasePerson(core: Core, instance: Instance): Promise<void> {
  const people = await readPeople(core.reader, instance.id);
  if (people.length === 0) {
    throw new Error(`The mirror knows nobody of ${instance.name}.`);
  }
  const person = await askChoice<Person>({
    title: `Erase a Person of ${instance.name}`,
    placeholder: 'Whom? Type a part of the name or e-mail address.',
    items: people.map(itemOf),
  });
  if (person === BACK) {
    return;
  }
  const { removed, left } = await purgeAfterQuestion(core, {
    question: `Erase ${person.name} from the mirror of ${instance.name}?`,
    consequence:
      'The account, its chats, messages and ratings are removed, and all older copies of the database with them. ' +
      'Later syncs leave this person out. The server is not changed.',
    button: 'Erase',
    plan: (writer) => writer.planErasure(instance.id, person.remoteId),
    perform: (writer) => writer.erasePerson(instance.id, person.remoteId),
  });
  void vscode.window.showInformationMessage(
    `${person.name} was erased from ${instance.name}: ${removed}. Later syncs leave this person out.${left}`,
  );
}

function itemOf(person: Person): ChoiceItem<Person> {
  const { name, email, chats, isDeleted } = person;
  return {
    label: name,
    description: [...(email === null ? [] : [email]), countOf(chats, 'chat')].join(' · '),
    ...(isDeleted ? { detail: 'Deleted on the server' } : {}),
    value: person,
  };
}
