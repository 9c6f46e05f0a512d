import * as l10n from '@vscode/l10n';
import type { Credential } from '../../sync/engine/syncTypes';
import { formatDateTime } from '../../sync/words';
import type { Core } from '../core';
import { askChoice } from '../quickInput';
import type { Login } from './credentialRecord';
import type { Draft, Sequence } from './questions';

/**
 * Asks whether the password may be kept, where it is of use: only for a sign-in that ends.
 * @returns the login to keep; undefined when there is none or the user does not want it
 * @throws CancelledError
 */
export async function loginToKeep(
  core: Core,
  { title }: Pick<Sequence, 'title'>,
  draft: Draft,
  credential: Credential,
): Promise<Login | undefined> {
  const { method, email, password } = draft;
  const endsAt = credential.kind === 'token' ? credential.expiresAt : undefined;
  if (method !== 'password' || email === undefined || password === undefined || endsAt === undefined) {
    return undefined;
  }
  const end = formatDateTime(endsAt * 1000, core.instances.zone()).slice(0, 16);
  const isKept = await askChoice<boolean>({
    title,
    placeholder: l10n.t('This sign-in ends on {0}. Keep the password to renew it?', end),
    isPersistent: true,
    items: [
      {
        label: `$(circle-slash) ${l10n.t('Do Not Keep the Password')}`,
        detail: l10n.t('You are told before the sign-in ends, and sign in again.'),
        value: false,
      },
      {
        label: `$(key) ${l10n.t('Keep the Password in the System Keyring')}`,
        detail: l10n.t('The sign-in is renewed before it ends. The password goes to this server only.'),
        value: true,
      },
    ],
  });
  return isKept === true ? { email, password } : undefined;
}
