import * as l10n from '@vscode/l10n';
import type { CoreFeature } from '../core';
import { chooseInstance } from '../instances/chooseInstance';
import { changePrivacy } from './changePrivacy';
import { erasePerson } from './erasePerson';

/** Change Privacy Mode, Erase a Person. */
export const privacyFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.changePrivacy', async (...args) => {
    await changePrivacy(
      core,
      await chooseInstance(args, core.instances.list(), l10n.t('Change Privacy Mode')),
    );
  });
  core.registerCommand('openwebuiSync.erasePerson', async (...args) => {
    await erasePerson(core, await chooseInstance(args, core.instances.list(), l10n.t('Erase a Person')));
  });
  return undefined;
};
