import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { amountOfE8 } from '../../store/costs/e8';
import { importCosts } from '../../sync/costImport/importCosts';
import type { CostImportResult, ImportedScope } from '../../sync/costImport/importTypes';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import { CancelledError } from '../errors';
import { runPressed } from '../help/runPressed';
import { endRunningSyncs } from '../mirrorChanges';
import { withCancel } from '../withCancel';
import { moneyTexts } from './moneyText';
import { commandAction } from './presentCosts';

/**
 * Reads a Cost Management export or FOCUS file, or all parts of one, into the database; the same twice changes nothing.
 * @throws CancelledError, CostFileError, SyncBusyError
 */
export async function importCostFile(core: Core): Promise<void> {
  const files =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Import Cost File'),
      openLabel: l10n.t('Import'),
      filters: { [l10n.t('Cost Management export or FOCUS file')]: ['csv', 'gz', 'zip', 'json'] },
      canSelectMany: true,
    })) ?? [];
  if (files.length === 0) {
    throw new CancelledError();
  }
  await endRunningSyncs(core);
  const result = await withCancel(l10n.t('Importing costs'), (signal) =>
    importCosts(
      { paths: files.map(({ fsPath }) => fsPath) },
      {
        locker: core.locker,
        openWriter: core.openWriter,
        connections: core.costs.connections.list(),
        now: () => Date.now(),
      },
      signal,
    ),
  );
  await core.mirror.reload();
  void tellImported(core, result);
}

async function tellImported({ mirror }: Core, { rows, scopes }: CostImportResult): Promise<void> {
  const changed = scopes.reduce((total, { rowsChanged }) => total + rowsChanged, 0);
  const text =
    changed === 0
      ? l10n.t('Nothing is new in this file ({0}).', countOf(rows, 'row'))
      : l10n.t('Costs are imported ({0}). {1}', countOf(rows, 'row'), scopes.map(scopeText).join(' · '));
  const isUnmapped = (mirror.status.costs ?? []).some(({ unmappedResources }) => unmappedResources > 0);
  const actions = [
    ...(isUnmapped
      ? [commandAction(l10n.t('Map Azure Resources...'), 'openwebuiSync.mapAzureResources')]
      : []),
    commandAction(l10n.t('Open Cost Report'), 'openwebuiSync.openCostReport'),
  ];
  await runPressed(text, actions, vscode.window.showInformationMessage);
}

/** `Production, actual: 1,234.56 EUR`: the two views of a cost are told apart and never added. */
function scopeText({ name, costType, totals }: ImportedScope): string {
  const amounts = moneyTexts(
    totals.map(({ costE8, currency }) => ({ amount: amountOfE8(costE8), currency })),
  );
  return costType === 'actual'
    ? l10n.t('{0}, actual: {1}', name, amounts)
    : l10n.t('{0}, amortized: {1}', name, amounts);
}
