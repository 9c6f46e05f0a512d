import * as l10n from '@vscode/l10n';
import type { Core } from '../core';
import { costRunText } from '../views/costs/costRunText';

/** Shows the details of a cost run. @throws Error when it is no longer kept */
export async function showCostRun(
  { mirror, instances, texts }: Pick<Core, 'mirror' | 'instances' | 'texts'>,
  scopeId: number,
  runId: number,
): Promise<void> {
  const status = mirror.status.costs?.find((scope) => scope.scopeId === scopeId);
  const run = status?.runs.find((candidate) => candidate.runId === runId);
  if (status === undefined || run === undefined) {
    throw new Error(l10n.t('This cost run is no longer kept. The view lists the newest ones.'));
  }
  await texts.open({
    title: l10n.t('Costs of {0}', status.name),
    text: costRunText(run, status.name, status.scope, instances.zone()),
  });
}
