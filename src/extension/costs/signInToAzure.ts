import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CostConnection } from '../../store/costs/costConnection';
import { CLOUD_ADDRESSES } from '../../sync/azure/clouds';
import { AzureSignInError } from '../../sync/azure/azureErrors';
import type { Core } from '../core';
import { sentenceOf } from '../errors';
import { enterText, refusal } from '../quickInput';
import { askAzure } from './connect/askAzure';
import { syncCostsByHand } from './syncCosts';

const commandTitle = (): string => l10n.t('Sign In to Azure');

/** Signs in again: the editor's account or a new client secret; then reads the costs. @throws CancelledError */
export async function signInToAzure(core: Core, connection: CostConnection): Promise<void> {
  const { costs } = core;
  const { id, name, signIn, cloud, tenantId } = connection;
  const secret = signIn.kind === 'clientSecret' ? await enterSecret(name) : undefined;
  const answer = await askAzure(commandTitle(), async () => {
    const credential = costs.credentials.open({ signIn, cloud, tenantId, secret }, true);
    return credential.getToken(CLOUD_ADDRESSES[cloud].audience);
  });
  if ('failure' in answer) {
    costs.runs.setProblem(id, sentenceOf(answer.failure));
    throw signInErrorOf(answer.failure);
  }
  if (secret !== undefined) {
    await costs.secrets.set(id, secret);
  }
  costs.runs.setProblem(id, undefined);
  vscode.window.setStatusBarMessage(`$(check) ${l10n.t('Signed in to Azure for {0}', name)}`, 5000);
  void syncCostsByHand(core, [connection]);
}

async function enterSecret(name: string): Promise<string> {
  const typed = await enterText({
    title: `${commandTitle()}: ${name}`,
    prompt: l10n.t('Client secret (its value, not its ID). It is kept in the system keyring only.'),
    isSecret: true,
    object: (text) => refusal(text.trim() === '' ? l10n.t('Enter the client secret.') : undefined),
  });
  return typed.trim();
}

/** Credentials of the SDK fail in words of their own; here it is always the sign-in. */
function signInErrorOf(failure: unknown): Error {
  return failure instanceof AzureSignInError
    ? failure
    : new AzureSignInError(l10n.t('The sign-in to Azure failed: {0}', sentenceOf(failure)), {
        cause: failure,
      });
}
