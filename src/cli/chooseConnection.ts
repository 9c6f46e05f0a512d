import type { CostConnection } from '../store/costs/costConnection';
import { plainScope } from '../store/costs/costScope';
import { CliError, EXIT } from './exitCodes';

/** The connection of that name or scope, without regard to case. @throws CliError naming those that exist */
export function connectionNamed(connections: readonly CostConnection[], name: string): CostConnection {
  const found = connections.find(
    (connection) =>
      connection.name.toLowerCase() === name.toLowerCase() || connection.scope === plainScope(name),
  );
  if (found === undefined) {
    const names = connections.map((connection) => connection.name).join(', ');
    throw new CliError(
      `There is no connection "${name}". ${names === '' ? 'There are none yet.' : `There are: ${names}.`}`,
      EXIT.usage,
    );
  }
  return found;
}
