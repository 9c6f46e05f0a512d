import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core, CoreFeature } from '../core';
import { reportFailure } from '../commands/registry';
import type { NoticeId } from '../help/notices';
import { readSettings } from '../readSettings';
import { parseRetention, SETTINGS_SECTION } from '../settings';
import { formatDateTime } from '../../sync/words';
import { itemOf, unagreedText } from '../../sync/texts/freeUpText';
import { freeUpSpace, planSpace } from './freeUpSpace';
import { SpaceNotices } from './spaceNotices';

const freeUpAction = (): string => l10n.t('Free Up Space...');
const reviewAction = (): string => l10n.t('Review...');

/** Free Up Space, and what is said by itself: that the database has grown large, and what a setting would remove. */
export const spaceFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.freeUpSpace', () => freeUpSpace(core));
  const notices = new SpaceNotices();
  const look = (): void => {
    tellOfSpace(core, notices).catch((error: unknown) => reportFailure(core.log, 'Free Up Space', error));
  };
  return vscode.Disposable.from(
    core.mirror.onDidChange(look),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.retention`)) {
        look();
      }
    }),
  );
};

async function tellOfSpace(core: Core, notices: SpaceNotices): Promise<void> {
  const { status, running } = core.mirror;
  // While a sync writes, what it would come to is not known yet; its end publishes.
  if (running.length > 0 || status.generation === 0) {
    return;
  }
  const retention = parseRetention(readSettings());
  const [day = ''] = formatDateTime(Date.now(), core.instances.zone()).split(' ');
  const { isLarge, unagreedMonths } = notices.next(status, retention.textMonths, day);
  if (isLarge !== undefined) {
    offer(core, 'largeMirror', `${isLarge}.`, freeUpAction());
  }
  if (unagreedMonths === undefined) {
    return;
  }
  const [plan] = await planSpace(core, [retention]);
  if (plan !== undefined && itemOf(plan, 'text').rows > 0) {
    notices.told(unagreedMonths);
    offer(core, 'unagreedText', unagreedText(plan), reviewAction());
  }
}

function offer({ notices }: Core, id: NoticeId, text: string, label: string): void {
  notices.tell({
    id,
    text,
    actions: [{ label, run: () => vscode.commands.executeCommand('openwebuiSync.freeUpSpace') }],
  });
}
