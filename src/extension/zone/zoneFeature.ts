import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { changeZone } from '../../sync/engine/changeZone';
import type { CoreFeature } from '../core';
import { askChoice, BACK, type ChoiceItem } from '../quickInput';

const commandTitle = (): string => l10n.t('Change Time Zone');

/** Change Time Zone. */
export const zoneFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.changeZone', async () => {
    const current = core.instances.zone();
    const zone = await askChoice({
      title: commandTitle(),
      placeholder: l10n.t('In which zone are days and hours counted?'),
      items: zoneItems(current),
      active: current,
    });
    if (zone === BACK || zone === current) {
      return;
    }
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Writing all local times anew'),
    };
    await vscode.window.withProgress(options, () =>
      changeZone(core.locker, () => core.instances.setZone(zone), core.openWriter),
    );
    await core.mirror.reload();
    void vscode.window.showInformationMessage(l10n.t('All times are those of {0} now.', zone));
  });
  return undefined;
};

function zoneItems(current: string): ChoiceItem<string>[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set([current, here, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((zone) => {
    const marks = [
      ...(zone === current ? [l10n.t('now')] : []),
      ...(zone === here ? [l10n.t('this computer')] : []),
    ];
    return { label: zone, description: marks.join(', '), value: zone };
  });
}
