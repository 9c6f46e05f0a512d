import * as l10n from '@vscode/l10n';
import type { CostConnection } from '../../store/costs/costConnection';
import { azureScope } from '../../store/costs/costScope';
import { COST_TYPES } from '../../store/costs/costTypes';
import { MONTHS_GIVEN } from '../../sync/costs/plan';
import { countOf } from '../../sync/words';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { withCancel } from '../withCancel';
import { costProgressText } from './costProgress';
import { presentCostRuns } from './presentCosts';

/** Queries of a month and cost type, and the least time between two of a scope. */
const QUERIES = 3;
const SPACING_S = 15;

/** What reading all months of a scope takes, in minutes. */
function firstMinutes(scopes: number): number {
  return Math.ceil((scopes * MONTHS_GIVEN * COST_TYPES.length * QUERIES * SPACING_S) / 60);
}

/** Reads costs because a person asked, with a notification that counts and can cancel. Never rejects: it tells what failed. */
export async function syncCostsByHand(core: Core, connections: readonly CostConnection[]): Promise<void> {
  try {
    const runs = await withProgress(core, connections);
    presentCostRuns(core, runs, () => void syncCostsByHand(core, connections));
  } catch (error) {
    reportFailure(core.log, 'Sync Azure Cost', error, () => syncCostsByHand(core, connections));
  } finally {
    await core.mirror.reload();
  }
}

function withProgress(core: Core, connections: readonly CostConnection[]) {
  const [first] = connections;
  const who =
    connections.length === 1 && first !== undefined ? first.name : countOf(connections.length, 'scope');
  const news = connections.filter((connection) => !hasCosts(core, connection)).length;
  return withCancel(l10n.t('Costs of {0}', who), async (signal, progress) => {
    if (news > 0) {
      progress.report({
        message: l10n.t(
          'Azure limits requests: about {0} for {1}, newest month first',
          countOf(firstMinutes(news), 'minute'),
          countOf(MONTHS_GIVEN, 'month'),
        ),
      });
    }
    const listening = core.costs.runs.onDidChange(() => {
      const [current] = core.costs.runs.running.filter(({ phase }) => phase !== 'queued');
      if (current !== undefined && current.done > 0) {
        const text = costProgressText(current, Date.now(), core.instances.zone());
        progress.report({ message: connections.length === 1 ? text : `${current.name}: ${text}` });
      }
    });
    try {
      return await core.costs.runs.sync(connections, { trigger: 'manual' }, signal);
    } finally {
      listening.dispose();
    }
  });
}

function hasCosts({ mirror }: Core, { scope }: CostConnection): boolean {
  return azureScope(mirror.status.costs ?? [], scope) !== undefined;
}
