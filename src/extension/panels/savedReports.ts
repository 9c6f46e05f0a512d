import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { reportSettingsSchema, type ReportSettings } from '../../reports/reportSettings';
import { CancelledError } from '../errors';

/** Settings of a report under a name of somebody's choice. */
export interface SavedReport {
  readonly name: string;
  readonly settings: ReportSettings;
}

const KEY = 'openwebuiSync.savedReports';

const saved = v.object({ name: v.string(), settings: reportSettingsSchema });

/** Saved settings, in the order of their names. Those that this version cannot read are left out. */
export class SavedReports {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  /** Fires when one came, went or changed in this window. */
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  list(): readonly SavedReport[] {
    return this.#state
      .get<readonly unknown[]>(KEY, [])
      .map((entry) => v.safeParse(saved, entry))
      .flatMap(({ success, output }) => (success ? [output] : []));
  }

  /** Asks for a name and keeps the settings under it; a name that is taken is replaced. @throws CancelledError */
  async save(settings: ReportSettings, suggestion: string): Promise<string> {
    const name = await vscode.window.showInputBox({
      title: l10n.t('Save Report Settings'),
      prompt: l10n.t('Name. A name that is there already gets the new settings.'),
      value: suggestion,
      validateInput: (text) => (text.trim() === '' ? l10n.t('Enter a name.') : undefined),
    });
    if (name === undefined) {
      throw new CancelledError();
    }
    await this.#keep([...this.#without(name.trim()), { name: name.trim(), settings }]);
    return name.trim();
  }

  /** Lets a person choose one; the button beside it removes it. @throws CancelledError */
  async choose(): Promise<SavedReport> {
    const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly report: SavedReport }>();
    const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Remove') };
    const show = (): void => {
      pick.items = this.list().map((report) => ({
        label: report.name,
        ...(report.settings.source === 'demo' ? { description: l10n.t('Demo') } : {}),
        report,
        buttons: [remove],
      }));
    };
    pick.title = l10n.t('Open Saved Report');
    pick.placeholder = l10n.t('Which one?');
    show();
    try {
      return await new Promise<SavedReport>((resolve, reject) => {
        pick.onDidTriggerItemButton(
          ({ item }) => void this.#keep(this.#without(item.label)).then(show, reject),
        );
        pick.onDidAccept(() => {
          const [chosen] = pick.selectedItems;
          if (chosen !== undefined) {
            resolve(chosen.report);
          }
        });
        pick.onDidHide(() => reject(new CancelledError()));
        pick.show();
      });
    } finally {
      pick.dispose();
    }
  }

  /** @param name the name of one, which gets the new name; a name that is taken is replaced */
  async rename(name: string, newName: string): Promise<void> {
    const found = this.list().find((report) => report.name === name);
    if (found !== undefined && name !== newName) {
      const others = this.#without(name).filter((report) => report.name !== newName);
      await this.#keep([...others, { ...found, name: newName }]);
    }
  }

  async remove(names: readonly string[]): Promise<void> {
    await this.#keep(this.list().filter(({ name }) => !names.includes(name)));
  }

  #without(name: string): readonly SavedReport[] {
    return this.list().filter((report) => report.name !== name);
  }

  async #keep(reports: readonly SavedReport[]): Promise<void> {
    await this.#state.update(
      KEY,
      reports.toSorted((a, b) => a.name.localeCompare(b.name)),
    );
    this.#changed.fire();
  }
}
