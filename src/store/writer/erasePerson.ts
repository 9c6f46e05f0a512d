import { markCopiesOf, repeatedIds } from './copies';
import { shardsHolding } from './dropTexts';
import { unallocateCostsOf } from './erasedCosts';
import { noteTombstone } from './noteTombstone';
import { countStatement, PERSON_STEPS, personStatement, SENTENCE_STEPS } from './personSteps';
import { removalStatement } from './removalStep';
import { stamp, type Session } from './session';

/** Somebody to be erased, as the mirror holds him. */
interface Person {
  readonly instanceId: number;
  /** `users.id`. */
  readonly id: number;
  readonly remoteId: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** How many rows erasing somebody concerns, by table; none when the mirror does not hold him. */
export function rowsOfPerson(
  session: Session,
  instanceId: number,
  remoteId: string,
): Readonly<Record<string, number>> {
  const person = personOf(session, instanceId, remoteId);
  if (person === undefined) {
    return {};
  }
  return Object.fromEntries(
    PERSON_STEPS.filter(({ shownAs }) => shownAs !== undefined).map((step) => {
      const [count] = session.database.get<[number]>(countStatement(step), bindings(person)) ?? [0];
      return [step.shownAs ?? step.table, count];
    }),
  );
}

/** Files of older text that hold some of his. */
export function shardsOfPerson(session: Session, instanceId: number, remoteId: string): readonly string[] {
  const person = personOf(session, instanceId, remoteId);
  const chats = 'm.chat_id IN (SELECT c.id FROM chats c WHERE c.user_id = ?)';
  return person === undefined ? [] : shardsHolding(session, chats, [person.id]);
}

/** Erases one user with all that is his, and remembers only that he must not be mirrored again. */
export function eraseRowsOfPerson(
  session: Session,
  instanceId: number,
  remoteId: string,
  personHash: string,
): void {
  const person = personOf(session, instanceId, remoteId);
  if (person !== undefined) {
    erase(session, person);
    noteTombstone(session, { kind: 'person', instanceId, userId: person.id });
  }
  session.database.run(
    `INSERT INTO erased_people (instance_id, person_hash, sync_datetime, sync_datetime_epoch) VALUES (?, ?, ?, ?)
     ON CONFLICT (instance_id, person_hash) DO UPDATE SET is_deleted = 0`,
    [instanceId, personHash, ...stamp(session)],
  );
}

function erase(session: Session, person: Person): void {
  const { database } = session;
  const repeated = repeatedIds(session, person.instanceId, person.id);
  unallocateCostsOf(session, person.id);
  for (const step of PERSON_STEPS) {
    database.run(personStatement(step), bindings(person));
  }
  markCopiesOf(session, person.instanceId, repeated);
  for (const name of [person.remoteId, person.name, person.email]) {
    if (name !== null && name !== '') {
      forgetSentences(session, name);
    }
  }
}

function forgetSentences({ database }: Session, name: string): void {
  for (const step of SENTENCE_STEPS) {
    database.run(removalStatement(step), [name]);
  }
}

function personOf({ database }: Session, instanceId: number, remoteId: string): Person | undefined {
  const row = database.get<[number, string | null, string | null]>(
    'SELECT id, name, email FROM users WHERE instance_id = ? AND remote_id = ?',
    [instanceId, remoteId],
  );
  return row === undefined ? undefined : { instanceId, id: row[0], remoteId, name: row[1], email: row[2] };
}

function bindings({ instanceId, id, remoteId }: Person): readonly (string | number)[] {
  return [instanceId, id, remoteId];
}
