import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CancelledError } from '../errors';
import { chooseOne } from '../quickInput';
import type { Services } from '../services';
import type { CopyWish } from '../../webview/results/protocol';
import { clipboardText, copiedInWords } from './copyText';
import type { HeldResult } from './heldResult';
import type { ResultActions, ShownPage } from './resultsChannel';

/** The commands about the result before the reader's eyes: of the tab that has the focus, else of the view. */
export function registerResultCommands(
  services: Pick<Services, 'registerCommand'>,
  active: () => ShownPage,
  actions: ResultActions,
): void {
  const withShown = (work: (held: HeldResult, page: ShownPage) => unknown) => (): unknown => {
    const page = active();
    const held = page.shown;
    if (held === undefined) {
      void vscode.window.showInformationMessage(l10n.t('There is no result yet. Run a query first.'));
      return undefined;
    }
    return work(held, page);
  };
  services.registerCommand(
    'openwebuiSync.saveResult',
    withShown((held) => actions.save(held)),
  );
  services.registerCommand('openwebuiSync.copyResult', withShown(copy));
  services.registerCommand(
    'openwebuiSync.chartResult',
    withShown((_, page) => page.post({ type: 'do', wish: 'toggleChart' })),
  );
  services.registerCommand(
    'openwebuiSync.pinResult',
    withShown(({ id, isPinned }, page) => page.session.pin(id, !isPinned)),
  );
  services.registerCommand(
    'openwebuiSync.openResultInTab',
    withShown((held) => actions.openTab(held)),
  );
}

async function copy({ shown }: HeldResult, page: ShownPage): Promise<void> {
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
  page.post({ type: 'said', message: copiedInWords(range) });
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
