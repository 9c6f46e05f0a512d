import type { CostConnection } from '../../store/costs/costConnection';
import { azureScope } from '../../store/costs/costScope';
import type { CostScopeStatus } from '../../store/costs/costTypes';
import { isDue } from './plan';

/** After an attempt that left no run behind the timer waits so long, in ms. */
const ATTEMPT_PAUSE_MS = 6 * 3_600_000;

/** What the timer knows of costs; times are ms since 1970. */
export interface CostSchedule {
  readonly connections: readonly CostConnection[];
  readonly scopes: readonly CostScopeStatus[];
  /** Connections that nobody is signed in to. */
  readonly signInProblems: ReadonlyMap<string, string>;
  /** Attempts that left no run behind, by the connection's id. */
  readonly attemptedAt: ReadonlyMap<string, number>;
}

/** Connections whose costs are to be read now without anybody asking. */
export function dueConnections(schedule: CostSchedule, now: number): readonly CostConnection[] {
  return schedule.connections.filter((connection) => {
    const known = azureScope(schedule.scopes, connection.scope);
    const attempted = schedule.attemptedAt.get(connection.id);
    return (
      isDue(connection, known, Math.floor(now / 1000)) &&
      !waitsForPerson(connection, schedule) &&
      (attempted === undefined || now - attempted >= ATTEMPT_PAUSE_MS)
    );
  });
}

/** The editor tells when somebody has signed in; the other ways are tried again. */
function waitsForPerson({ id, signIn }: CostConnection, { signInProblems }: CostSchedule): boolean {
  return signIn.kind === 'editor' && signInProblems.has(id);
}
