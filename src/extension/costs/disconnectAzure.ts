import * as l10n from '@vscode/l10n';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import { confirm } from '../confirm';
import type { Core } from '../core';
import { endRunningSyncs } from '../mirrorChanges';
import { chooseOne } from '../quickInput';
import { costItems, type CostItem } from '../views/costs/costView';
import { costViewOf } from './costViewOf';
import { countOf } from '../../sync/words';

/**
 * Forgets a connection with its secret; asks whether what was read stays. Imported costs can be deleted.
 * @param meant keys of the scopes that are meant; none: the person chooses
 * @throws CancelledError, SyncBusyError
 */
export async function disconnectAzure(core: Core, meant: readonly string[]): Promise<void> {
  const items = costItems(costViewOf(core));
  const named = items.filter(({ key }) => meant.includes(key));
  const item = named[0] ?? (await chooseScope(items));
  const data = await askForData(item);
  await endRunningSyncs(core);
  if (item.progress !== undefined) {
    await core.costs.runs.cancel();
  }
  const scopeId = item.status?.scopeId;
  if (scopeId !== undefined) {
    await withLockedWriter(core.locker, core.openWriter, (writer) => writer.removeCostScope(scopeId, data));
  }
  if (item.connection !== undefined) {
    const { id } = item.connection;
    await core.costs.connections.remove(id);
    await core.costs.secrets.delete(id);
    core.costs.runs.setProblem(id, undefined);
  }
  await core.mirror.reload();
}

function chooseScope(items: readonly CostItem[]): Promise<CostItem> {
  if (items.length === 0) {
    throw new Error(l10n.t('Nothing is connected. Run Connect Azure Cost first.'));
  }
  return chooseOne(
    l10n.t('Disconnect Azure Cost'),
    l10n.t('Which scope?'),
    items.map((item) => ({ label: item.name, description: item.scope, value: item })),
  );
}

async function askForData({ name, connection, status }: CostItem): Promise<'keep' | 'delete'> {
  const amount =
    status === undefined
      ? l10n.t('Nothing was read of it yet.')
      : l10n.t('The database holds the cost of {0}.', countOf(status.months, 'month'));
  if (connection === undefined) {
    await confirm({
      question: l10n.t('Delete the costs of {0}?', name),
      detail: amount,
      answers: [l10n.t('Delete Data')],
    });
    return 'delete';
  }
  const keep = l10n.t('Keep Data');
  const answer = await confirm({
    question: l10n.t('Disconnect {0}?', name),
    detail: l10n.t('{0} Keep it for reports, or delete it for good. A client secret is deleted.', amount),
    answers: [keep, l10n.t('Delete Data')],
  });
  return answer === keep ? 'keep' : 'delete';
}
