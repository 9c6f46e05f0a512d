import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CancelledError } from '../errors';
import { chooseOne } from '../quickInput';
import type { Services } from '../services';
import type { CopyWish } from '../../webview/results/protocol';
import { clipboardText, copiedInWords } from './copyText';
import type { HeldResult } from './heldResult';
import type { ResultActions, ResultsChannel } from './resultsChannel';

/** The commands about the result before the reader's eyes: of the tab that has the focus, else of the view. */
export function registerResultCommands(
  services: Pick<Services, 'registerCommand'>,
  active: () => ResultsChannel | undefined,
  actions: ResultActions,
): void {
  const withShown = (work: (held: HeldResult, channel: ResultsChannel) => unknown) => (): unknown => {
    const channel = active();
    const held = channel?.shown;
    if (channel === undefined || held === undefined) {
      void vscode.window.showInformationMessage(l10n.t('There is no result yet. Run a query first.'));
      return undefined;
    }
    return work(held, channel);
  };
  services.registerCommand(
    'openwebuiSync.saveResult',
    withShown((held) => actions.save(held)),
  );
  services.registerCommand('openwebuiSync.copyResult', withShown(copy));
  services.registerCommand(
    'openwebuiSync.chartResult',
    withShown((_, channel) => channel.post({ type: 'do', wish: 'toggleChart' })),
  );
  services.registerCommand(
    'openwebuiSync.pinResult',
    withShown(({ id, isPinned }, channel) => channel.session.pin(id, !isPinned)),
  );
  services.registerCommand(
    'openwebuiSync.openResultInTab',
    withShown((held) => actions.openTab(held)),
  );
}

async function copy({ shown }: HeldResult, channel: ResultsChannel): Promise<void> {
  if (shown.rowCount === 0) {
    throw new CancelledError();
  }
  const wish = await chooseOne(
    l10n.t('Copy Result'),
    l10n.t('As what?'),
    WISHES.map(({ label, wish: value }) => ({ label: label(), value })),
  );
  const range = {
    firstRow: 0,
    lastRow: shown.rowCount - 1,
    firstColumn: 0,
    lastColumn: shown.columns.length - 1,
  };
  await vscode.env.clipboard.writeText(await clipboardText(shown, range, wish));
  channel.post({ type: 'said', message: copiedInWords(range) });
}

const WISHES: readonly { readonly label: () => string; readonly wish: CopyWish }[] = [
  { label: () => l10n.t('Tab-Separated Text'), wish: { format: 'tsv', withHeaders: true } },
  {
    label: () => l10n.t('Tab-Separated Text Without Headers'),
    wish: { format: 'tsv', withHeaders: false },
  },
  { label: () => l10n.t('CSV'), wish: { format: 'csv', withHeaders: true } },
  { label: () => l10n.t('CSV Without Headers'), wish: { format: 'csv', withHeaders: false } },
  { label: () => l10n.t('Markdown Table'), wish: { format: 'markdown', withHeaders: true } },
  { label: () => l10n.t('JSON'), wish: { format: 'json', withHeaders: true } },
  { label: () => l10n.t('SQL Insert Statements'), wish: { format: 'sql', withHeaders: true } },
];
