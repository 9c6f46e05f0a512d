import type { ReportReader } from '../store/resultSet';
import { rowsOf } from '../store/resultSet';
import type { AnalysisEffects } from './analysisEffects';
import type { Formatter } from './format';
import type { FilterModel } from './reportModel';
import type { ReportFilter } from './reportSettings';
import { inDialect } from './sqlTemplate';

/** Most names that a filter is told by. */
const MAX_NAMES = 3;

const NAMES = {
  users: 'SELECT {{person}} AS name FROM main.users u WHERE u.id IN {{list(:ids)}} ORDER BY 1',
  groups:
    'SELECT COALESCE(g.name, g.remote_id) AS name FROM main.user_groups g WHERE g.id IN {{list(:ids)}} ORDER BY 1',
} as const;

/** What a report leaves out, in words for its head and its exports. */
export async function filterWords(
  reader: ReportReader,
  filter: ReportFilter,
): Promise<readonly FilterModel[]> {
  const { users = [], groups = [], roles = [], models = [], withoutDeleted, withoutSyncAccount } = filter;
  const named: FilterModel[] = [
    { kind: 'users', title: 'Users', words: listed(await namesOf(reader, 'users', users)) },
    { kind: 'groups', title: 'Groups', words: listed(await namesOf(reader, 'groups', groups)) },
    { kind: 'roles', title: 'Roles', words: listed(roles) },
    {
      kind: 'models',
      title: 'Models',
      words: listed(models.map((id) => (id === '' ? 'Unknown model' : id))),
    },
    { kind: 'withoutDeleted', title: 'Deleted chats', words: withoutDeleted === true ? 'left out' : '' },
    {
      kind: 'withoutSyncAccount',
      title: 'Sync account',
      words: withoutSyncAccount === true ? 'left out' : '',
    },
  ];
  return named.filter(({ words }) => words !== '');
}

/** What analysis.json leaves out and merges, whatever the filter, in the same way. */
export function effectWords(
  { excludedAccounts, mergedAccounts }: AnalysisEffects,
  format: Formatter,
): readonly FilterModel[] {
  return [
    ...(excludedAccounts === 0
      ? []
      : [
          {
            kind: 'excludedAccounts' as const,
            title: 'Excluded accounts',
            words: `${format.number(excludedAccounts, 'integer')} left out`,
          },
        ]),
    ...(mergedAccounts === 0
      ? []
      : [
          {
            kind: 'mergedAccounts' as const,
            title: 'Merged accounts',
            words: `${format.number(mergedAccounts, 'integer')} counted with another account of the same person`,
          },
        ]),
  ];
}

async function namesOf(
  reader: ReportReader,
  kind: keyof typeof NAMES,
  ids: readonly number[],
): Promise<readonly string[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = rowsOf(await reader.query(inDialect(reader, NAMES[kind]), { ids: JSON.stringify(ids) }));
  const names = rows.map(({ name }) => String(name));
  // What is filtered by must show, also when it is not in the mirror (any more).
  return names.length > 0 ? names : [`unknown (${ids.join(', ')})`];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ');
  const more = names.length - MAX_NAMES;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
