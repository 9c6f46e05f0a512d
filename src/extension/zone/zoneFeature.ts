import * as vscode from 'vscode';
import { changeZone } from '../../sync/engine/changeZone';
import type { CoreFeature } from '../core';
import { askChoice, BACK, type ChoiceItem } from '../quickInput';

const TITLE = 'Change Time Zone';

/** Change Time Zone. */
export const zoneFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.changeZone', async () => {
    const current = core.instances.zone();
    const zone = await askChoice({
      title: TITLE,
      placeholder: 'In which zone are days and hours counted?',
      items: zoneItems(current),
      active: current,
    });
    if (zone === BACK || zone === current) {
      return;
    }
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: 'Writing all local times anew',
    };
    await vscode.window.withProgress(options, () =>
      changeZone(core.locker, () => core.instances.setZone(zone), core.openWriter),
    );
    await core.mirror.reload();
    void vscode.window.showInformationMessage(`All times are those of ${zone} now.`);
  });
  return undefined;
};

function zoneItems(current: string): ChoiceItem<string>[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set([current, here, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((zone) => {
    const marks = [...(zone === current ? ['now'] : []), ...(zone === here ? ['this computer'] : [])];
    return { label: zone, description: marks.join(', '), value: zone };
  });
}
