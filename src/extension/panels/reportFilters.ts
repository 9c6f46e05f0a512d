import * as l10n from '@vscode/l10n';
import type { ReportFilter, ReportScope } from '../../reports/reportSettings';
import { inDialect } from '../../reports/sqlTemplate';
import type { Cell, ReportReader } from '../../store/resultSet';
import { rowsOf } from '../../store/resultSet';
import { chooseMany, chooseOne } from '../quickInput';
import { translated } from '../../language/translated';

type ListFilter = 'users' | 'groups' | 'roles' | 'models';
type FlagFilter = Exclude<keyof ReportFilter, ListFilter>;

interface FilterChoice {
  readonly label: string;
  readonly detail: string;
}

const noneMeansAll = (): string => l10n.t('Choose any; none means all');

const CHOICES = translated<Readonly<Record<keyof ReportFilter, FilterChoice>>>(() => ({
  users: { label: l10n.t('Users'), detail: l10n.t('Only what these people wrote and were answered.') },
  groups: { label: l10n.t('Groups'), detail: l10n.t('Only people who are members of these groups now.') },
  roles: { label: l10n.t('Roles'), detail: l10n.t('Only people who have these roles now.') },
  models: {
    label: l10n.t('Models'),
    detail: l10n.t('Only answers of these models, and turns that they answered.'),
  },
  withoutDeleted: {
    label: l10n.t('Deleted chats'),
    detail: l10n.t('Leave out what is not on the server any more, or count it again.'),
  },
  withoutSyncAccount: {
    label: l10n.t('Sync account'),
    detail: l10n.t('Leave out the accounts that syncs use, or count them again.'),
  },
}));

/** What each list offers: its value, a label and what tells equal labels apart. */
const LISTS: Readonly<Record<ListFilter, string>> = {
  users: `SELECT o.* FROM (
      SELECT u.id AS value, {{person}} AS label, COALESCE(u.email || ' · ', '') || i.name AS description
      FROM main.users u JOIN main.instances i ON i.id = u.instance_id
    ) o ORDER BY {{nocase(o.label)}}, o.value`,
  groups: `SELECT o.* FROM (
      SELECT g.id AS value, COALESCE(g.name, g.remote_id) AS label, i.name || ' · ' || g.member_count || ' members' AS description
      FROM main.user_groups g JOIN main.instances i ON i.id = g.instance_id WHERE g.is_deleted = 0
    ) o ORDER BY {{nocase(o.label)}}, o.value`,
  roles: `SELECT DISTINCT u.role AS value, u.role AS label, '' AS description FROM main.users u WHERE u.role IS NOT NULL ORDER BY 1`,
  models: `SELECT o.* FROM (
      SELECT COALESCE(m.model_id, '') AS value, COALESCE(m.model_id, 'Unknown model') AS label,
        COALESCE((SELECT MIN(k.name) FROM main.models k WHERE k.model_id = m.model_id), '') AS description
      FROM (SELECT DISTINCT model_id FROM main.message WHERE role = 'assistant') m
    ) o ORDER BY {{nocase(o.label)}}, o.value`,
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
  return chooseOne(l10n.t('Filter'), l10n.t('What should the report be limited to?'), items);
}

function stateOf(filter: ReportFilter, kind: keyof ReportFilter): string {
  if (isFlag(kind)) {
    return filter[kind] === true ? l10n.t('left out') : l10n.t('counted');
  }
  const count = (filter[kind] ?? []).length;
  return count === 0 ? l10n.t('all') : l10n.t('{0} chosen', count);
}

async function pickValues(
  reader: ReportReader,
  kind: ListFilter,
  chosen: readonly (string | number)[],
): Promise<readonly (string | number)[]> {
  const rows = rowsOf(await reader.query(inDialect(reader, LISTS[kind])));
  const items = rows.map(({ value, label, description }) => ({
    value: valueOf(value),
    label: String(label),
    description: String(description),
    picked: chosen.includes(valueOf(value)),
  }));
  return chooseMany(l10n.t('Filter: {0}', CHOICES[kind].label), noneMeansAll(), items);
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
    l10n.t('Instances'),
    noneMeansAll(),
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
