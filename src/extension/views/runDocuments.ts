import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../store/runs';
import type { CoreFeature } from '../core';
import type { MirrorModel } from './mirrorModel';
import { runText } from './runText';

const SCHEME = 'openwebui-sync-run';

const goneText = (): string =>
  l10n.t('This sync run is no longer kept. The instances view lists the newest ones.');

/** Read-only documents with everything about one run. Their address keeps only the run's id, so they survive a restart. */
class RunDocuments implements vscode.TextDocumentContentProvider {
  constructor(private readonly model: MirrorModel) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    const found = findRun(this.model, uri.query);
    if (found === undefined) {
      return `${goneText()}\n`;
    }
    return runText(found.run, found.name, this.model.view().zone);
  }
}

function findRun(model: MirrorModel, runId: string): { run: RunSummary; name: string } | undefined {
  for (const { name, runs } of model.view().status.instances) {
    const run = runs.find((candidate) => candidate.runId === runId);
    if (run !== undefined) {
      return { run, name };
    }
  }
  return undefined;
}

/** Opens the details of a run. */
export async function showRun(model: MirrorModel, runId: string): Promise<void> {
  const found = findRun(model, runId);
  if (found === undefined) {
    throw new Error(goneText());
  }
  const title =
    found.run.kind === 'full' ? l10n.t('Full sync of {0}', found.name) : l10n.t('Sync of {0}', found.name);
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.txt`, query: runId });
  await vscode.window.showTextDocument(uri, { preview: true });
}

/** `Show Sync Run` and the documents behind it. */
export const runDocumentsFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.showRun', async (node) => {
    const runId = typeof node === 'object' && node !== null && 'runId' in node ? node.runId : node;
    if (typeof runId === 'string') {
      await showRun(core.model, runId);
    }
  });
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, new RunDocuments(core.model));
};
