import * as v from 'valibot';
import { rowsOf } from '../../store/resultSet';
import type { ReportReader } from '../../store/resultSet';

/** Somebody whom the mirror knows of one instance. */
export interface Person {
  readonly remoteId: string;
  readonly name: string;
  readonly email: string | null;
  readonly isDeleted: boolean;
  readonly chats: number;
}

const PEOPLE = `
  SELECT u.remote_id AS remoteId, coalesce(nullif(u.name, ''), u.remote_id) AS name, u.email AS email,
    u.is_deleted AS isDeleted, (SELECT count(*) FROM chats c WHERE c.user_id = u.id) AS chats
  FROM users u WHERE u.instance_id = $instance
  ORDER BY u.is_deleted, name COLLATE NOCASE, u.remote_id`;

const person = v.object({
  remoteId: v.string(),
  name: v.string(),
  email: v.nullable(v.string()),
  isDeleted: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
  chats: v.number(),
});

/** Everybody of an instance, deleted people last. @throws NoDatabaseError before the first sync */
export async function readPeople(reader: ReportReader, instanceId: number): Promise<readonly Person[]> {
  const rows = rowsOf(await reader.query(PEOPLE, { $instance: instanceId }));
  return v.parse(v.array(person), rows);
}
