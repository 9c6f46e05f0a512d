import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import type { RunSummary } from '../../store/runs';
import type { StoredCredential } from './credentialRecord';
import { endOf, isEnding } from './renewal';
import { isSignInFailure } from './signInFailures';

/** What decides whether an instance can be signed in to. */
export interface SignInFacts {
  readonly instance: Instance;
  readonly stored: StoredCredential | undefined;
  /** Newest run that has ended. */
  readonly lastRun: RunSummary | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/**
 * The sentence for a credential that is missing, over, or was rejected since it was entered; undefined when it may work.
 * A key entered after the rejection clears it, in every window and after a restart. A sign-in that is over is no problem
 * while its password is kept: the next sync renews it.
 */
export function signInProblem({ instance, stored, lastRun, now }: SignInFacts): string | undefined {
  const { host } = new URL(instance.url);
  if (stored === undefined) {
    return l10n.t('No key is stored for {0}. Sign in again.', host);
  }
  const { savedAt, login } = stored;
  if ((endOf(stored) ?? Number.POSITIVE_INFINITY) <= now) {
    return login === undefined ? l10n.t('The sign-in to {0} has ended. Sign in again.', host) : undefined;
  }
  const isRejected =
    lastRun?.status === 'failed' &&
    isSignInFailure(lastRun.errorCode) &&
    lastRun.startedAt >= Math.floor(savedAt / 1000);
  return isRejected ? (lastRun.error ?? l10n.t('{0} rejects the key. Sign in again.', host)) : undefined;
}

/** When a sign-in ends that is about to and that no kept password renews; undefined otherwise. Both in ms since 1970. */
export function signInEnding(stored: StoredCredential | undefined, now: number): number | undefined {
  if (stored === undefined || stored.login !== undefined || !isEnding(stored, now)) {
    return undefined;
  }
  const end = endOf(stored);
  return end !== undefined && end > now ? end : undefined;
}
