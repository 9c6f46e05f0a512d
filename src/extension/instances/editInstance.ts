import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { Core } from '../core';
import { changePrivacy } from '../privacy/changePrivacy';
import { PRIVACY_WORDS } from '../../sync/privacyWords';
import { askChoice, BACK, enterText } from '../quickInput';
import { baseUrlFrom, objectToName, objectToUrl } from './address';
import { signInAgain } from './signIn';

type Edit = (core: Core, instance: Instance) => Promise<void>;

/** Asks what to change about an instance, and changes it. @throws CancelledError */
export async function editInstance(core: Core, instance: Instance): Promise<void> {
  const edit = await askChoice<Edit>({
    title: l10n.t('Edit {0}', instance.name),
    placeholder: l10n.t('What shall change?'),
    items: [
      { label: `$(edit) ${l10n.t('Name')}`, description: instance.name, value: editName },
      { label: `$(link) ${l10n.t('Address')}`, description: instance.url, value: editUrl },
      { label: `$(key) ${l10n.t('Key or Password')}`, value: signInAgain },
      {
        label: `$(shield) ${l10n.t('Privacy Mode')}`,
        description: PRIVACY_WORDS[instance.privacy ?? 'full'].name,
        value: changePrivacy,
      },
      instance.enabled
        ? {
            label: `$(debug-pause) ${l10n.t('Pause')}`,
            description: l10n.t('leave it out of Sync All and the timer'),
            value: toggle,
          }
        : {
            label: `$(play) ${l10n.t('Resume')}`,
            description: l10n.t('sync it with the others again'),
            value: toggle,
          },
    ],
  });
  if (edit !== BACK) {
    await edit(core, instance);
  }
}

async function editName(core: Core, instance: Instance): Promise<void> {
  const others = othersOf(core, instance);
  const name = await enterText({
    title: editTitle(instance),
    prompt: l10n.t('Name to show for it'),
    value: instance.name,
    object: (text) => objectToName(text, others),
  });
  await core.instances.update(instance.id, { name: name.trim() });
}

/** A key belongs to the origin that it was entered for: at another origin it is dropped and asked for again. */
async function editUrl(core: Core, instance: Instance): Promise<void> {
  const others = othersOf(core, instance);
  const typed = await enterText({
    title: editTitle(instance),
    prompt: l10n.t('Address of the Open WebUI server'),
    value: instance.url,
    object: (text) => objectToUrl(text, others),
  });
  const url = baseUrlFrom(typed);
  if (url !== undefined && url !== instance.url) {
    await changeUrl(core, instance, url);
  }
}

async function changeUrl(core: Core, instance: Instance, url: string): Promise<void> {
  const hasMoved = new URL(url).origin !== new URL(instance.url).origin;
  if (hasMoved) {
    await core.credentials.delete(instance);
  }
  const changed = await core.instances.update(instance.id, { url });
  if (hasMoved) {
    const choice = await vscode.window.showInformationMessage(
      l10n.t('{0} is at another address now, so its key was deleted.', instance.name),
      l10n.t('Sign In'),
    );
    if (choice !== undefined) {
      await signInAgain(core, changed);
    }
  }
}

async function toggle(core: Core, instance: Instance): Promise<void> {
  await core.instances.update(instance.id, { enabled: !instance.enabled });
}

function othersOf(core: Core, instance: Instance): readonly Instance[] {
  return core.instances.list().filter(({ id }) => id !== instance.id);
}

function editTitle({ name }: Instance): string {
  return l10n.t('Edit {0}', name);
}
