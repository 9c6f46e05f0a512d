import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { PrivacyMode } from '../../store/instances/privacy';
import type { Credential } from '../../sync/engine/syncTypes';
import { connectedText, firstSyncText } from '../../sync/texts/connectionText';
import type { Core } from '../core';
import { CancelledError } from '../errors';
import { privacyItems } from '../privacy/privacyItems';
import { askChoice, BACK } from '../quickInput';
import { baseUrlFrom } from './address';
import type { ConnectionAttempt } from './connection';
import { attemptConnection } from './connection';
import type { Login } from './credentialRecord';
import { loginToKeep } from './keepPassword';
import type { Draft, Sequence } from './questions';
import { askDraft } from './questions';
import { questionToMend } from './mending';

/**
 * Asks for address, name and key, tests them live, asks what the mirror may hold, says what the first sync means, and
 * offers to run it.
 * @param prefilledUrl an address to start from
 * @throws CancelledError when the user backs out; nothing is stored then
 */
export async function addInstance(core: Core, prefilledUrl?: string): Promise<void> {
  const sequence: Sequence = {
    title: l10n.t('Add Instance'),
    totalSteps: 4,
    others: core.instances.list(),
    needsInstance: true,
  };
  const start: Draft = prefilledUrl === undefined ? {} : { url: baseUrlFrom(prefilledUrl) ?? prefilledUrl };
  const { draft, attempt } = await askUntilConnected(core, sequence, start);
  const { credential } = attempt;
  const login = await loginToKeep(core, sequence, draft, credential);
  const privacy = await askPrivacy(sequence);
  const instance = await store(core, draft, { credential, login, privacy });
  await offerFirstSync(core, instance, attempt);
}

/** Before the first sync, so that what a mode leaves out is never stored. @throws CancelledError */
async function askPrivacy({ title, totalSteps }: Sequence): Promise<PrivacyMode> {
  const mode = await askChoice<PrivacyMode>({
    title,
    step: totalSteps,
    totalSteps,
    placeholder: l10n.t('What may the mirror hold?'),
    items: privacyItems(),
  });
  return mode === BACK ? 'full' : mode;
}

type Connected = Extract<ConnectionAttempt, { kind: 'connected' }>;

/** Asks and tests until it works; each failure leads back to the question that mends it. @throws CancelledError */
export async function askUntilConnected(
  core: Core,
  sequence: Sequence,
  start: Draft,
  fixedUrl?: string,
): Promise<{ draft: Draft; attempt: Connected }> {
  let draft = await askDraft(sequence, start);
  for (;;) {
    const attempt = await attemptConnection(core.log, fixedUrl ?? draft.url ?? '', draft);
    if (attempt.kind === 'connected') {
      return { draft, attempt };
    }
    const edit = l10n.t('Edit');
    const choice = await vscode.window.showErrorMessage(attempt.problem.message, l10n.t('Retry'), edit);
    if (choice === undefined) {
      throw new CancelledError();
    }
    if (choice === edit) {
      draft = await askDraft(sequence, draft, questionToMend(attempt.problem.code, draft, sequence));
    }
  }
}

interface Access {
  readonly credential: Credential;
  readonly login: Login | undefined;
  readonly privacy: PrivacyMode;
}

/** Both or none: an instance whose key could not be stored is not kept. */
async function store(core: Core, { name = '', url = '' }: Draft, access: Access): Promise<Instance> {
  const { credential, login, privacy } = access;
  const instance = await core.instances.add({ name, url, privacy });
  try {
    await core.credentials.set(instance, credential, login);
  } catch (error) {
    await core.instances.remove(instance.id);
    throw error;
  }
  return instance;
}

async function offerFirstSync(core: Core, instance: Instance, { report }: Connected): Promise<void> {
  const syncNow: vscode.MessageItem = { title: l10n.t('Sync Now') };
  const later: vscode.MessageItem = { title: l10n.t('Later'), isCloseAffordance: true };
  const choice = await vscode.window.showInformationMessage(
    connectedText(instance.name, report),
    { modal: true, detail: firstSyncText(report, core.folder.root, instance.privacy) },
    syncNow,
    later,
  );
  if (choice === syncNow) {
    // The dialog has ended; the sync reports for itself.
    void vscode.commands.executeCommand('openwebuiSync.fullSync', instance.id);
  }
}
