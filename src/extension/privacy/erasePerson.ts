import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import type { ChoiceItem } from '../quickInput';
import { askChoice, BACK } from '../quickInput';
import type { Person } from '../../sync/texts/people';
import { readPeople } from '../../sync/texts/people';
import { purgeAfterQuestion } from './purge';
import { tellElsewhere } from './tellElsewhere';

/**
 * Asks for somebody and removes him with all that is his from every file of the mirror; later syncs leave him out.
 * @throws CancelledError, SyncBusyError, NoDatabaseError
 */
export async function erasePerson(core: Core, instance: Instance): Promise<void> {
  const people = await readPeople(core.reader, instance.id);
  if (people.length === 0) {
    throw new Error(l10n.t('The mirror knows nobody of {0}.', instance.name));
  }
  const person = await askChoice<Person>({
    title: l10n.t('Erase a Person of {0}', instance.name),
    placeholder: l10n.t('Whom? Type a part of the name or e-mail address.'),
    items: people.map(itemOf),
  });
  if (person === BACK) {
    return;
  }
  const { removed, left } = await purgeAfterQuestion(core, {
    question: l10n.t('Erase {0} from the mirror of {1}?', person.name, instance.name),
    consequence: l10n.t(
      'The account, its chats, messages and ratings are removed, and all older copies of the database with them. Later syncs leave this person out. The server is not changed.',
    ),
    button: l10n.t('Erase'),
    plan: (writer) => writer.planErasure(instance.id, person.remoteId),
    perform: (writer) => writer.erasePerson(instance.id, person.remoteId),
  });
  void vscode.window.showInformationMessage(
    l10n.t(
      '{0} was erased from {1}: {2}. Later syncs leave this person out.{3}',
      person.name,
      instance.name,
      removed,
      left,
    ),
  );
  await tellElsewhere(core, instance);
}

function itemOf(person: Person): ChoiceItem<Person> {
  const { name, email, chats, isDeleted } = person;
  return {
    label: name,
    description: [...(email === null ? [] : [email]), countOf(chats, 'chat')].join(' · '),
    ...(isDeleted ? { detail: l10n.t('Deleted on the server') } : {}),
    value: person,
  };
}
