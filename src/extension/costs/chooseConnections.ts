import * as l10n from '@vscode/l10n';
import type { CostConnection } from '../../store/costs/costConnection';
import { CancelledError } from '../errors';
import { chooseMany } from '../quickInput';
import { isCostNode, type CostNode } from '../views/costs/costNode';
import { selectedNodes } from '../views/tree/selectedNodes';

/** The lines of the cost view that a command is for. */
export function costNodesOf(args: readonly unknown[]): readonly CostNode[] {
  return selectedNodes(args, isCostNode);
}

/** The connections that the arguments mean, by line or id; none when they mean none. */
export function meantConnections(
  args: readonly unknown[],
  connections: readonly CostConnection[],
): readonly CostConnection[] {
  const ids = new Set<unknown>([...costNodesOf(args).map(({ connectionId }) => connectionId), args[0]]);
  return connections.filter(({ id }) => ids.has(id));
}

/** The connections that are meant, else the only one, else those that the person picks. @throws CancelledError */
export async function chooseConnections(
  args: readonly unknown[],
  connections: readonly CostConnection[],
  title: string,
): Promise<readonly CostConnection[]> {
  if (connections.length === 0) {
    throw new Error(l10n.t('Nothing is connected. Run Connect Azure Cost first.'));
  }
  const meant = meantConnections(args, connections);
  if (meant.length > 0 || connections.length === 1) {
    return meant.length > 0 ? meant : connections;
  }
  const picked = await chooseMany(
    title,
    l10n.t('Which scopes?'),
    connections.map((connection) => ({
      label: connection.name,
      description: connection.scope,
      picked: true,
      value: connection,
    })),
  );
  if (picked.length === 0) {
    throw new CancelledError();
  }
  return picked;
}
