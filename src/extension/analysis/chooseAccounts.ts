import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { withExcluded } from '../../store/analysis/analysisEdits';
import { loadAnalysis } from '../../store/analysis/analysisFile';
import type { Instance } from '../../store/instances/instance';
import { readPeople } from '../../sync/texts/people';
import { countOf } from '../../sync/words';
import type { Core } from '../core';
import { changeAnalysis, endRunningSyncs } from '../mirrorChanges';
import { chooseMany } from '../quickInput';
import {
  chosenExclusions,
  excludableItems,
  personItems,
  withChosenPeople,
  type KnownAccount,
} from './accountItems';

/**
 * Asks which accounts of an instance reports leave out.
 * @throws CancelledError, SyncBusyError, NoDatabaseError, AnalysisError
 */
export async function excludeAccounts(core: Core, instance: Instance): Promise<void> {
  const people = await readPeople(core.reader, instance.id);
  const items = excludableItems(await loadAnalysis(core.folder.root), instance.id, people);
  const chosen = await chooseMany(
    l10n.t('Exclude Accounts: {0}', instance.name),
    l10n.t('Which accounts do reports leave out, such as test accounts and robots?'),
    items,
  );
  await endRunningSyncs(core);
  await changeAnalysis(core, l10n.t('Keeping the accounts'), (analysis) =>
    withExcluded(analysis, instance.id, chosenExclusions(analysis, instance.id, people, chosen)),
  );
  void vscode.window.showInformationMessage(
    l10n.t('{0}: reports leave out {1}.', instance.name, countOf(chosen.length, 'account')),
  );
}

/**
 * Shows accounts that are one person, and those that have the same e-mail address; counts as one what a person confirms.
 * @throws CancelledError, SyncBusyError, NoDatabaseError, AnalysisError
 */
export async function mergeAccounts(core: Core): Promise<void> {
  const items = personItems(await loadAnalysis(core.folder.root), await allAccounts(core));
  if (items.length === 0) {
    throw new Error(
      l10n.t(
        'No two accounts have the same e-mail address. To merge others, name them under "mergedPeople" with "Edit Analysis File".',
      ),
    );
  }
  const chosen = await chooseMany(
    l10n.t('Merge Accounts'),
    l10n.t('Which accounts are one person? Only what you mark is merged.'),
    items,
  );
  await endRunningSyncs(core);
  await changeAnalysis(core, l10n.t('Keeping the accounts'), (analysis) =>
    withChosenPeople(analysis, items, chosen),
  );
  void vscode.window.showInformationMessage(
    l10n.t('Reports count each person once: {0} with several accounts.', countOf(chosen.length, 'user')),
  );
}

async function allAccounts(core: Core): Promise<readonly KnownAccount[]> {
  const lists = await Promise.all(
    core.instances.list().map(async ({ id, name }) => {
      const people = await readPeople(core.reader, id);
      return people.map((person) => ({ ...person, instance: id, instanceName: name }));
    }),
  );
  return lists.flat();
}
