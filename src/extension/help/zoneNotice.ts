import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core } from '../core';
import { zonesToTell } from './zoneDifference';

const TOLD_KEY = 'toldZones';

/** Tells once that days are counted in another time zone than this computer's: on a remote machine, or after a move. */
export function watchZone(core: Core): vscode.Disposable {
  let seen = '';
  return core.mirror.onDidChange(() => {
    // Before the first sync nothing is counted, and the zone is this computer's anyway.
    if (core.mirror.status.generation === 0 || core.instances.zone() === seen) {
      return;
    }
    seen = core.instances.zone();
    tellOnce(core, seen, Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
}

function tellOnce({ context, notices }: Core, zone: string, here: string): void {
  const pair = zonesToTell(zone, here, Date.now());
  if (pair === undefined || context.globalState.get<string>(TOLD_KEY) === pair) {
    return;
  }
  void context.globalState.update(TOLD_KEY, pair);
  notices.tell({
    id: 'zoneDiffers',
    text: l10n.t('Days and hours are counted in {0}; this computer is in {1}.', zone, here),
    actions: [
      {
        label: l10n.t('Change Time Zone...'),
        run: () => vscode.commands.executeCommand('openwebuiSync.changeZone'),
      },
    ],
  });
}
