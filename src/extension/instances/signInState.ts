import type { Instance } from '../../store/instance';
import type { RunSummary } from '../../store/runs';
import type { StoredCredential } from './credentialRecord';
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
 * A key entered after the rejection clears it, in every window and after a restart.
 */
export function signInProblem({ instance, stored, lastRun, now }: SignInFacts): string | undefined {
  const { host } = new URL(instance.url);
  if (stored === undefined) {
    return `No key is stored for ${host}. Sign in again.`;
  }
  const { credential, savedAt } = stored;
  if (
    credential.kind === 'token' &&
    credential.expiresAt !== undefined &&
    credential.expiresAt * 1000 <= now
  ) {
    return `The sign-in to ${host} has ended. Sign in again.`;
  }
  const isRejected =
    lastRun?.status === 'failed' &&
    isSignInFailure(lastRun.errorCode) &&
    lastRun.startedAt >= Math.floor(savedAt / 1000);
  return isRejected ? (lastRun.error ?? `${host} rejects the key. Sign in again.`) : undefined;
}
