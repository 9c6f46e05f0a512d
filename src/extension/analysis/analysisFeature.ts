import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createAnalysis, readAnalysis } from '../../store/analysis/analysisFile';
import { NO_ANALYSIS } from '../../store/analysis/analysisTypes';
import { applyingAnalysis } from '../../store/analysis/changingAnalysis';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import type { Core, CoreFeature } from '../core';
import { detailOf } from '../errors';
import { chooseInstance } from '../instances/chooseInstance';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';
import { AnalysisFollower } from './analysisFollower';
import { excludeAccounts, mergeAccounts } from './chooseAccounts';

const STATUS_MESSAGE_MS = 5000;

/** Edit Analysis File, Exclude Accounts, Merge Accounts; the database follows the file whenever it was saved. */
export const analysisFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.editAnalysis', () => editAnalysisFile(core));
  core.registerCommand('openwebuiSync.excludeAccounts', async (...args) => {
    const title = l10n.t('Exclude Accounts');
    await excludeAccounts(core, await chooseInstance(args, core.instances.list(), title));
  });
  core.registerCommand('openwebuiSync.mergeAccounts', () => mergeAccounts(core));
  const follower = createFollower(core);
  return core.mirror.onDidChange(() => void follower.look());
};

function createFollower(core: Core): AnalysisFollower {
  const { root } = core.folder;
  return new AnalysisFollower({
    read: () => readAnalysis(root),
    status: () => core.mirror.status,
    isSyncing: () => core.mirror.running.length > 0,
    apply: async () => {
      await withLockedWriter(core.locker, () => core.openWriter(), applyingAnalysis(root));
      await core.mirror.reload();
    },
    onUnusable: (error) => {
      core.log.warn(error.message);
      void offerFile(core, error.message);
    },
    onApplied: () => {
      core.log.info('analysis.json was applied');
      vscode.window.setStatusBarMessage(l10n.t('The changes of analysis.json count now.'), STATUS_MESSAGE_MS);
    },
    onFailure: (error) => {
      core.log.error(`Failed to apply analysis.json: ${detailOf(error)}`);
      void offerFile(core, l10n.t('The changes of analysis.json do not count yet: {0}', error.message));
    },
  });
}

async function offerFile(core: Core, text: string): Promise<void> {
  const open = l10n.t('Open File');
  if ((await vscode.window.showWarningMessage(text, open)) === open) {
    await showFile(core);
  }
}

/** Opens the file; where there is none, one with all sections and what the database knows of them. */
async function editAnalysisFile(core: Core): Promise<void> {
  const { root, analysis } = core.folder;
  if (!existsSync(analysis)) {
    if (core.mirror.status.generation > 0) {
      await endRunningSyncs(core);
      await changeWithWriter(core, l10n.t('Making the analysis file'), applyingAnalysis(root));
    }
    await createAnalysis(root, NO_ANALYSIS);
  }
  await showFile(core);
}

async function showFile({ folder }: Core): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(folder.analysis));
}
