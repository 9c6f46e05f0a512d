import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Backup } from '../../store/backups/backupTypes';
import {
  amountsText,
  consequenceText,
  flawText,
  noBackup,
  originText,
  restoredText,
  timeText,
} from '../../sync/texts/backupText';
import { confirm } from '../confirm';
import type { Core } from '../core';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';
import { askChoice, BACK, type ChoiceItem } from '../quickInput';

/**
 * Shows what the mirror can be restored from, says what that would change, and does it. What is there now stays.
 * @throws CancelledError, SyncBusyError, RestoreError
 */
export async function restoreBackup(core: Core): Promise<void> {
  const zone = core.instances.zone();
  const backups = await core.reader.backups();
  if (backups.every(({ isNewest }) => isNewest)) {
    throw new Error(noBackup());
  }
  const backup = await askChoice<Backup>({
    title: l10n.t('Restore a Backup'),
    placeholder: l10n.t('As of when? What is there now stays as a backup.'),
    items: backups.map((item) => itemOf(item, zone)),
  });
  if (backup === BACK) {
    return;
  }
  assertRestorable(backup);
  await confirm({
    question: l10n.t('Restore the backup of {0}?', timeText(backup, zone)),
    detail: consequenceText(backup, backups).join('\n'),
    answers: [l10n.t('Restore')],
  });
  await endRunningSyncs(core);
  const result = await changeWithWriter(
    core,
    l10n.t('Restoring a backup'),
    (writer) => writer.restore(backup.name),
    {
      isForRestore: true,
    },
  );
  await core.mirror.reload();
  void vscode.window.showInformationMessage(restoredText(backup, result, zone));
}

function itemOf(backup: Backup, zone: string): ChoiceItem<Backup> {
  const flaw = flawText(backup);
  return {
    label: timeText(backup, zone),
    description: originText(backup),
    detail: [
      ...(backup.problem === undefined ? [amountsText(backup)] : []),
      ...(flaw === undefined ? [] : [flaw]),
    ].join(' · '),
    value: backup,
  };
}

function assertRestorable({ name, isNewest, problem }: Backup): void {
  if (problem !== undefined) {
    throw new Error(l10n.t('{0} cannot be restored. {1}', name, problem));
  }
  if (isNewest) {
    throw new Error(l10n.t('This is what is shown now. Choose an older one.'));
  }
}
