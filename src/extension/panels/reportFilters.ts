import type { ReportFilter, ReportScope } from '../../reports/reportSettings';
import { expandSql } from '../../reports/sqlTemplate';
import type { Cell, ReportReader } from '../../store/resultSet';
import { rowsOf } from '../../store/resultSet';
import { chooseMany, chooseOne } from '../quickInput';

type ListFilter = 'users' | 'groups' | 'roles' | 'models';
type FlagFilter = Exclude<keyof ReportFilter, ListFilter>;

interface FilterChoice {
  readonly label: string;
  readonly detail: string;
}

const NONE_MEANS_ALL = 'Choose any; none means all';

const CHOICES: Readonly<Record<keyof ReportFilter, FilterChoice>> = {
  users: { label: 'Users', detail: 'Only what these people wrote and were answered.' },
  groups: { label: 'Groups', detail: 'Only people who are members of these groups now.' },
  roles: { label: 'Roles', detail: 'Only people who have these roles now.' },
  models: { label: 'Models', detail: 'Only answers of these models, and turns that they answered.' },
  withoutDeleted: {
    label: 'Deleted chats',
    detail: 'Leave out what is not on the server any more, or count it again.',
  },
  withoutSyncAccount: {
    label: 'Sync account',
    detail: 'Leave out the accounts that syncs use, or count them again.',
  },
};

/** What each list offers: its value, a label and what tells equal labels apart. */
const LISTS: Readonly<Record<ListFilter, string>> = {
  users: `SELECT u.id AS value, {{person}} AS label,
    COALESCE(u.email || ' · ', '') || i.name AS description
    FROM main.users u JOIN main.instances i ON i.id = u.instance_id ORDER BY 2 COLLATE NOCASE, u.id`,
  groups: `SELECT g.id AS value, COALESCE(g.name, g.remote_id) AS label, i.name || ' · ' || g.member_count || ' members' AS description
    FROM main.user_groups g JOIN main.instances i ON i.id = g.instance_id WHERE g.is_deleted = 0 ORDER BY 2 COLLATE NOCASE, g.id`,
  roles: `SELECT DISTINCT u.role AS value, u.role AS label, '' AS description FROM main.users u WHERE u.role IS NOT NULL ORDER BY 1`,
  models: `SELECT COALESCE(m.model_id, '') AS value, COALESCE(m.model_id, 'Unknown model') AS label,
    COALESCE((SELECT MIN(k.name) FROM main.models k WHERE k.model_id = m.model_id), '') AS description
    FROM (SELECT DISTINCT model_id FROM main.message WHERE role = 'assistant') m ORDER BY 2 COLLATE NOCASE`,
};

/**
 * Lets a person change one filter; without a kind, pick it first. Nothing picked in a list means that it leaves nothing out.
 * @throws CancelledError
 */
export async function editFilter(
  reader: ReportReader,
  filter: ReportFilter,
  kind?: keyof ReportFilter,
): Promise<ReportFilter> {
  const chosen = kind ?? (await pickKind(filter));
  if (isFlag(chosen)) {
    return { ...filter, [chosen]: filter[chosen] !== true };
  }
  const values = await pickValues(reader, chosen, filter[chosen] ?? []);
  return { ...filter, [chosen]: values.length === 0 ? undefined : values };
}

function isFlag(kind: keyof ReportFilter): kind is FlagFilter {
  return !Object.hasOwn(LISTS, kind);
}

function pickKind(filter: ReportFilter): Promise<keyof ReportFilter> {
  const kinds = Object.keys(CHOICES) as (keyof ReportFilter)[];
  const items = kinds.map((kind) => ({ ...CHOICES[kind], value: kind, description: stateOf(filter, kind) }));
  return chooseOne('Filter', 'What should the report be limited to?', items);
}

function stateOf(filter: ReportFilter, kind: keyof ReportFilter): string {
  if (isFlag(kind)) {
    return filter[kind] === true ? 'left out' : 'counted';
  }
  const count = (filter[kind] ?? []).length;
  return count === 0 ? 'all' : `${count} chosen`;
}

async function pickValues(
  reader: ReportReader,
  kind: ListFilter,
  chosen: readonly (string | number)[],
): Promise<readonly (string | number)[]> {
  const rows = rowsOf(await reader.query(expandSql(LISTS[kind])));
  const items = rows.map(({ value, label, description }) => ({
    value: valueOf(value),
    label: String(label),
    description: String(description),
    picked: chosen.includes(valueOf(value)),
  }));
  return chooseMany(`Filter: ${CHOICES[kind].label}`, NONE_MEANS_ALL, items);
}

function valueOf(cell: Cell | undefined): string | number {
  return typeof cell === 'number' ? cell : String(cell ?? '');
}

/** Lets a person pick one, several or all instances. @throws CancelledError */
export async function pickInstances(
  instances: readonly { readonly id: number; readonly name: string }[],
  scope: ReportScope,
): Promise<ReportScope> {
  const isPicked = (id: number): boolean =>
    scope.kind === 'all' ||
    (scope.kind === 'instance' ? scope.instanceId === id : scope.instanceIds.includes(id));
  const picked = await chooseMany(
    'Instances',
    NONE_MEANS_ALL,
    instances.map(({ id, name }) => ({ value: id, label: name, picked: isPicked(id) })),
  );
  const [first, ...others] = picked;
  if (first === undefined || picked.length === instances.length) {
    return { kind: 'all' };
  }
  return others.length === 0
    ? { kind: 'instance', instanceId: first }
    : { kind: 'instances', instanceIds: picked };
}
