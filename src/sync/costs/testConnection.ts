import type { CostConnection } from '../../store/costs/costConnection';
import type { CurrencyTotal } from '../../store/costs/costTypes';
import { openClient, type ClientDeps } from './costClient';

/**
 * What a connection's scope cost in this month so far, by the least query there is: whether sign-in, role and scope are right.
 * @throws AzureError, the signal's reason
 */
export async function testCostConnection(
  connection: CostConnection,
  deps: ClientDeps,
  signal: AbortSignal,
): Promise<readonly CurrencyTotal[]> {
  const client = await openClient(connection, deps);
  return client.monthToDate(signal);
}
