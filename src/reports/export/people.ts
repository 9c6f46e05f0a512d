import { pseudonymOf } from '../../store/instances/people';
import { rowsOf, type Cell, type ReportReader, type SqlParameters } from '../../store/resultSet';
import { inDialect } from '../sqlTemplate';
import { TermSweeper } from './termSweeper';

/** Whom a pseudonymised export must not name. Plain data: it travels to the export worker. */
export interface People {
  readonly users: readonly KnownUser[];
  /** Groups of fewer than {@link SMALLEST_GROUP} people. */
  readonly smallGroups: readonly KnownGroup[];
  /** People who are in at least one of the small groups. */
  readonly inSmallGroups: number;
  /** Titles of chats, where no column says that it holds some: reports of somebody's own. */
  readonly titles: readonly string[];
  /** Names of files and knowledge bases, likewise. */
  readonly files: readonly string[];
  /** BCP 47 name for the numbers of merged groups. */
  readonly locale: string;
}

export interface KnownUser {
  readonly id: number;
  readonly remoteId: string;
  readonly name: string | null;
  readonly email: string | null;
}

export interface KnownGroup {
  readonly remoteId: string;
  readonly name: string | null;
}

/** Smaller groups point at persons. */
export const SMALLEST_GROUP = 5;

const USERS = `SELECT u.id, u.remote_id, u.name, u.email FROM main.users u ORDER BY u.id`;

const SMALL = `SELECT g.id FROM main.user_groups g
  WHERE (SELECT COUNT(*) FROM main.group_members m WHERE m.group_id = g.id AND m.is_deleted = 0) < :smallest`;

const GROUPS = `SELECT g.remote_id, g.name FROM main.user_groups g WHERE g.id IN (${SMALL}) ORDER BY g.id`;

const IN_SMALL = `SELECT COUNT(DISTINCT m.user_id) AS people FROM main.group_members m
  WHERE m.is_deleted = 0 AND m.group_id IN (${SMALL})`;

const TITLES = `SELECT DISTINCT c.title AS text FROM main.chats c WHERE c.title <> '' ORDER BY 1`;

const FILES = `SELECT f.filename AS text FROM main.files f WHERE f.filename <> ''
  UNION SELECT k.name FROM main.knowledge_bases k WHERE k.name <> '' ORDER BY 1`;

/**
 * Everybody the mirror knows, of all instances.
 * @param isOwnReport the report is of somebody's own: its columns do not say what they hold
 */
export async function readPeople(reader: ReportReader, locale: string, isOwnReport = false): Promise<People> {
  const read = async (sql: string, parameters?: SqlParameters): Promise<Record<string, Cell>[]> =>
    rowsOf(await reader.query(inDialect(reader, sql), parameters));
  const texts = async (sql: string): Promise<string[]> =>
    isOwnReport ? (await read(sql)).map(({ text }) => String(text)) : [];
  const smallest = { smallest: SMALLEST_GROUP };
  const users = await read(USERS);
  const groups = await read(GROUPS, smallest);
  const [inSmall] = await read(IN_SMALL, smallest);
  return {
    users: users.map(({ id, remote_id, name, email }) => ({
      id: Number(id),
      remoteId: String(remote_id),
      name: textOrNull(name),
      email: textOrNull(email),
    })),
    smallGroups: groups.map(({ remote_id, name }) => ({
      remoteId: String(remote_id),
      name: textOrNull(name),
    })),
    inSmallGroups: Number(inSmall?.['people'] ?? 0),
    titles: await texts(TITLES),
    files: await texts(FILES),
    locale,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** All that names one user. */
export function namesOf({ name, email, remoteId }: KnownUser): string[] {
  return [name?.trim() ?? '', email?.trim() ?? '', remoteId].filter((text) => text !== '');
}

/**
 * What stands for each name: the pseudonym that the privacy mode would have kept. A name of several people gets one that is
 * nobody's own.
 */
export function pseudonymsByName(users: readonly KnownUser[]): Map<string, string> {
  const owners = new Map<string, string[]>();
  for (const user of users) {
    for (const name of namesOf(user)) {
      owners.set(name, [...(owners.get(name) ?? []), user.remoteId]);
    }
  }
  return new Map([...owners].map(([name, ids]) => [name, pseudonymOf([...new Set(ids)].sort().join('\n'))]));
}

/** One letter is found everywhere, a number below 10,000 is a count or a year; of Chinese names one sign may be all. */
const TELLING = /\p{L}\P{L}*\p{L}|\p{Script=Han}|\p{Extended_Pictographic}|^\d{5,}$/u;

/**
 * Replaces texts where they stand as whole words in others. Those that tell nobody apart there, such as `-`, `a` and `1`, are
 * left: they would change numbers and words.
 * @param replacements by text
 */
export function sweeperOf(replacements: Iterable<readonly [string, string]>): TermSweeper {
  return new TermSweeper(new Map([...replacements].filter(([text]) => TELLING.test(text))));
}

/** Replaces names in texts that are no columns of reports, such as paths of resources and ids of models. */
export function nameSweeper(users: readonly KnownUser[]): TermSweeper {
  return sweeperOf(pseudonymsByName(users));
}
