import { markCopiesOf, repeatedIds } from './copies';
import { shardsHolding } from './dropTexts';
import { unallocateCostsOf } from './erasedCosts';
import { noteTombstone } from './noteTombstone';
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

interface EraseStep {
  readonly table: string;
  /** Told to the user under this name. */
  readonly shownAs?: string;
  readonly rows: string;
  /** New values; absent: the rows go. */
  readonly set?: string;
}

const HIM = 'WITH him (instance_id, id, remote_id) AS (VALUES (?, ?, ?))';
const INSTANCE = 'instance_id = (SELECT instance_id FROM him)';
const USER = '(SELECT id FROM him)';
const REMOTE_ID = '(SELECT remote_id FROM him)';
const CHATS = `chat_id IN (SELECT c.id FROM chats c WHERE c.user_id = ${USER})`;
/** Notes about him, his chats and his ratings. */
const NOTED = `${INSTANCE} AND CASE stream
  WHEN 'users' THEN remote_id = ${REMOTE_ID}
  WHEN 'chats' THEN remote_id IN (SELECT c.remote_id FROM chats c WHERE c.user_id = ${USER})
  WHEN 'feedback' THEN remote_id IN (SELECT f.remote_id FROM feedback f WHERE f.user_id = ${USER})
  END`;

/** Children before parents. */
const STEPS: readonly EraseStep[] = [
  { table: 'quarantine', rows: NOTED },
  { table: 'held_deletions', rows: NOTED },
  { table: 'message_text', rows: `id IN (SELECT m.id FROM message m WHERE m.${CHATS})` },
  { table: 'message_sources', rows: `message_id IN (SELECT m.id FROM message m WHERE m.${CHATS})` },
  {
    table: 'generation_costs',
    rows: `generation_id IN (SELECT m.id FROM message m WHERE m.${CHATS})`,
  },
  { table: 'message', shownAs: 'messages', rows: CHATS },
  { table: 'chat_models', rows: CHATS },
  { table: 'chats', shownAs: 'chats', rows: `user_id = ${USER}` },
  { table: 'feedback', shownAs: 'feedback', rows: `user_id = ${USER}` },
  { table: 'group_members', shownAs: 'group_members', rows: `user_id = ${USER}` },
  { table: 'sync_state', rows: `${INSTANCE} AND scope = ${REMOTE_ID}` },
  {
    table: 'sync_state',
    rows: `${INSTANCE} AND instr(walk_json, ${REMOTE_ID}) > 0`,
    set: 'walk_json = NULL',
  },
  { table: 'files', shownAs: 'files', rows: `user_id = ${USER}`, set: 'user_id = NULL' },
  { table: 'knowledge_bases', shownAs: 'knowledge_bases', rows: `user_id = ${USER}`, set: 'user_id = NULL' },
  { table: 'models', shownAs: 'models', rows: `${INSTANCE} AND owner = ${REMOTE_ID}`, set: 'owner = NULL' },
  { table: 'instances', rows: `sync_user_id = ${USER}`, set: 'sync_user_id = NULL' },
  { table: 'users', shownAs: 'users', rows: `id = ${USER}` },
];

/** Sentences of run records that name him. */
const SENTENCES: readonly { readonly table: string; readonly column: string; readonly empty: string }[] = [
  { table: 'sync_runs', column: 'error', empty: 'NULL' },
  { table: 'sync_runs', column: 'notes', empty: `'[]'` },
  { table: 'sync_run_streams', column: 'error', empty: 'NULL' },
];

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
    STEPS.filter(({ shownAs }) => shownAs !== undefined).map(({ table, shownAs = table, rows }) => {
      const sql = `${HIM} SELECT count(*) FROM ${table} WHERE ${rows}`;
      return [shownAs, session.database.get<[number]>(sql, bindings(person))?.[0] ?? 0];
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
  for (const { table, rows, set } of STEPS) {
    const verb = set === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${set}`;
    database.run(`${HIM} ${verb} WHERE ${rows}`, bindings(person));
  }
  markCopiesOf(session, person.instanceId, repeated);
  for (const name of [person.remoteId, person.name, person.email]) {
    if (name !== null && name !== '') {
      forgetSentences(session, name);
    }
  }
}

function forgetSentences({ database }: Session, name: string): void {
  for (const { table, column, empty } of SENTENCES) {
    database.run(`UPDATE ${table} SET ${column} = ${empty} WHERE instr(lower(${column}), lower(?)) > 0`, [
      name,
    ]);
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
