import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type {
  InstanceInfo,
  OpenWebUiSyncApiV1,
  QueryOptions,
  QueryResult,
  SyncOutcome,
  SyncRunOutcome,
} from '../../../api/openwebui-sync';
import type { Instance } from '../../store/instances/instance';
import type { QueryRunner, ResultSet } from '../../store/resultSet';
import type { NamedRun } from '../syncing/outcome';
import { ApiError, tellingByCode } from './apiError';
import { frozen } from './plainData';

const DEFAULT_LIMIT = 10_000;
const MAX_LIMIT = 1_000_000;

/** What the API needs of the extension. */
export interface ApiHost {
  readonly infos: () => readonly InstanceInfo[];
  readonly onDidChangeStatus: OpenWebUiSyncApiV1['onDidChangeStatus'];
  readonly instances: () => readonly Instance[];
  readonly queries: Pick<QueryRunner, 'run'>;
  readonly sync: (instances: readonly Instance[]) => Promise<readonly NamedRun[]>;
}

/** Callers are other people's code, perhaps without types. */
const querySchema = v.object({
  sql: v.pipe(v.string(), v.nonEmpty()),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT)), DEFAULT_LIMIT),
  parameters: v.optional(
    v.record(v.string(), v.union([v.string(), v.pipe(v.number(), v.finite()), v.null()])),
    {},
  ),
});

/** Version 1 of the API. */
export function createApiV1(host: ApiHost): OpenWebUiSyncApiV1 {
  return Object.freeze({
    version: 1,
    instances: host.infos,
    onDidChangeStatus: host.onDidChangeStatus,
    query: (sql: string, options: QueryOptions = {}) => tellingByCode(() => query(host, sql, options)),
    sync: (instanceId?: number) => tellingByCode(() => sync(host, instanceId)),
  } satisfies OpenWebUiSyncApiV1);
}

async function query(
  { queries }: ApiHost,
  sql: string,
  { token, ...options }: QueryOptions,
): Promise<QueryResult> {
  const parsed = v.safeParse(querySchema, { ...options, sql });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new ApiError('badArgument', `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`);
  }
  const { limit, parameters } = parsed.output;
  const cancel = new AbortController();
  if (token?.isCancellationRequested === true) {
    cancel.abort();
  }
  const listening = token?.onCancellationRequested(() => cancel.abort());
  try {
    return resultOf(await queries.run(parsed.output.sql, { limit, parameters, signal: cancel.signal }));
  } finally {
    listening?.dispose();
  }
}

function resultOf({ columns, rowCount, truncated, elapsedMs }: ResultSet): QueryResult {
  return frozen({
    columns: columns.map(({ name }) => name),
    rows: Array.from({ length: rowCount }, (_, row) => columns.map((column) => column.at(row))),
    truncated,
    elapsedMs,
  });
}

async function sync(host: ApiHost, instanceId: number | undefined): Promise<SyncOutcome> {
  const all = host.instances();
  const instances = all.filter(({ id, enabled }) => (instanceId === undefined ? enabled : id === instanceId));
  if (instances.length === 0) {
    throw instanceId === undefined
      ? new ApiError('noInstances', l10n.t('There is no instance to sync. Add one first.'))
      : new ApiError('unknownInstance', l10n.t('There is no instance {0}.', String(instanceId)));
  }
  return frozen({ runs: (await host.sync(instances)).map(outcomeOf) });
}

function outcomeOf({ name, run }: NamedRun): SyncRunOutcome {
  const { inserted, updated, deleted } = run.counts;
  return {
    instanceId: run.instanceId,
    instanceName: name,
    status: run.status,
    startedAt: run.startedAt * 1000,
    ...(run.finishedAt === undefined ? {} : { finishedAt: run.finishedAt * 1000 }),
    inserted,
    updated,
    deleted,
    ...(run.error === undefined ? {} : { error: run.error }),
  };
}
