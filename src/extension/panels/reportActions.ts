import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ReportSettings } from '../../reports/reportSettings';
import { chooseOne, type ChoiceItem } from '../quickInput';
import { queryOfSettings, REPORT_PATH } from './reportLinks';
import type { SavedReports } from './savedReports';

type Action = ChoiceItem<() => Promise<ReportSettings | undefined>>;

/**
 * What can be done with a report's settings besides looking at it.
 * @returns other settings, if some were opened.
 * @throws CancelledError
 */
export async function moreActions(
  saved: SavedReports,
  extensionId: string,
  settings: ReportSettings,
  title: string,
): Promise<ReportSettings | undefined> {
  const actions: Action[] = [
    {
      label: `$(save) ${l10n.t('Save Report Settings...')}`,
      detail: l10n.t('Keep report, instances, period and filters under a name.'),
      value: async () => {
        const name = await saved.save(settings, title);
        void vscode.window.showInformationMessage(l10n.t('Report settings saved as "{0}".', name));
        return undefined;
      },
    },
    {
      label: `$(link) ${l10n.t('Copy Link')}`,
      detail: l10n.t('Opens this report with these settings in VS Code on this machine.'),
      value: async () => {
        await vscode.env.clipboard.writeText(
          `${vscode.env.uriScheme}://${extensionId}${REPORT_PATH}?${queryOfSettings(settings)}`,
        );
        return undefined;
      },
    },
    ...(saved.list().length === 0
      ? []
      : [
          {
            label: `$(folder-opened) ${l10n.t('Open Saved Report...')}`,
            value: async () => (await saved.choose()).settings,
          },
        ]),
  ];
  const run = await chooseOne(l10n.t('Report'), title, actions);
  return run();
}
