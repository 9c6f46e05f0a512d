import type { CostConnection } from '../../../store/costs/costConnection';
import { azureScope } from '../../../store/costs/costScope';
import type { CostRunSummary, CostScope, CostScopeStatus } from '../../../store/costs/costTypes';

/** Where a cost run of this window stands, in a few words. */
export interface CostProgress {
  /** `subscriptions/…`, as {@link CostConnection.scope}. */
  readonly scope: string;
  readonly text: string;
}

/** Everything that the cost view shows, as plain data. Times are ms since 1970. */
export interface CostView {
  readonly connections: readonly CostConnection[];
  readonly scopes: readonly CostScopeStatus[];
  readonly running: readonly CostProgress[];
  /** Sentences by the ids of connections that nobody is signed in to. */
  readonly signInProblems: ReadonlyMap<string, string>;
  readonly isDaily: boolean;
  readonly zone: string;
  readonly now: number;
}

/** A scope with all that is known of it: connected, mirrored, or both. */
export interface CostItem extends CostScope {
  /** `azure/subscriptions/…`. */
  readonly key: string;
  /** Absent: imported, or disconnected with its rows kept. */
  readonly connection?: CostConnection | undefined;
  /** Absent: nothing was read yet. */
  readonly status?: CostScopeStatus | undefined;
  readonly progress?: string | undefined;
  readonly signInProblem?: string | undefined;
}

/** Connections in their order, then what else has cost. */
export function costItems(view: CostView): readonly CostItem[] {
  const connected = view.connections.map((connection): CostItem => {
    const { scope, name } = connection;
    return {
      key: `azure/${scope}`,
      source: 'azure',
      scope,
      name,
      connection,
      status: azureScope(view.scopes, scope),
      progress: view.running.find((run) => run.scope === scope)?.text,
      signInProblem: view.signInProblems.get(connection.id),
    };
  });
  const keys = new Set(connected.map(({ key }) => key));
  const others = view.scopes
    .map((status): CostItem => {
      const { source, scope, name } = status;
      return { key: `${source}/${scope}`, source, scope, name, status };
    })
    .filter(({ key }) => !keys.has(key));
  return [...connected, ...others];
}

/** The newest run that has ended. */
export function lastRunOf({ status }: CostItem): CostRunSummary | undefined {
  return status?.runs.find((run) => run.status !== 'running');
}
