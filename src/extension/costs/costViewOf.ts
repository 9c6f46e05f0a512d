import type { Core } from '../core';
import type { CostView } from '../views/costs/costView';
import { costProgressText } from './costProgress';

/** What is connected, was read and runs, as it is now. The demo has no part in it. */
export function costViewOf({
  costs,
  mirror,
  instances,
}: Pick<Core, 'costs' | 'mirror' | 'instances'>): CostView {
  const zone = instances.zone();
  const now = Date.now();
  const connections = costs.connections.list();
  return {
    connections,
    scopes: mirror.status.costs ?? [],
    running: costs.runs.running.flatMap((progress) => {
      const scope = connections.find(({ id }) => id === progress.connectionId)?.scope;
      return scope === undefined ? [] : [{ scope, text: costProgressText(progress, now, zone) }];
    }),
    signInProblems: costs.runs.problems(),
    isDaily: costs.timer.isOn,
    zone,
    now,
  };
}
