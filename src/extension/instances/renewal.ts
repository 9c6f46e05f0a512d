import type { Instance } from '../../store/instances/instance';
import type { Credential, CredentialProvider, Logger } from '../../sync/engine/syncTypes';
import type { FailureCode } from '../../sync/openwebui/failures';
import { isFailure } from '../../sync/openwebui/failures';
import type { Login, StoredCredential } from './credentialRecord';
import { isSignInFailure } from './signInFailures';

const DAY_MS = 24 * 3_600_000;
/** What is left of a token's life when it is renewed, unless a day is less. */
const SHARE_LEFT = 0.1;
/** Servers count sign-ins of three minutes; asking much later is on the safe side. */
const LEAST_PAUSE_MS = 15 * 60_000;

/** When a credential ends, ms since 1970; undefined for one that does not. */
export function endOf({ credential }: StoredCredential): number | undefined {
  return credential.kind === 'token' && credential.expiresAt !== undefined
    ? credential.expiresAt * 1000
    : undefined;
}

/** Whether a credential is over, or has less than a tenth of its life and less than a day left. */
export function isEnding(stored: StoredCredential, now: number): boolean {
  const end = endOf(stored);
  return end !== undefined && end - now <= Math.max(0, Math.min((end - stored.savedAt) * SHARE_LEFT, DAY_MS));
}

/** Whether the server refuses the login itself: the same one again can only do harm. */
function isRefusal(code: FailureCode): boolean {
  return isSignInFailure(code) || code === 'forbidden' || code === 'endpointNotAllowed';
}

/** What a renewal needs of its host. */
export interface RenewalParts {
  readonly store: {
    getStored(instance: Instance): Promise<StoredCredential | undefined>;
    set(instance: Instance, credential: Credential, login: Login): Promise<void>;
    forgetLogin(instance: Instance): Promise<void>;
  };
  /** Signs in with one request. @throws OpenWebUiError */
  readonly signIn: (instance: Instance, login: Login) => Promise<Credential>;
  /** ms since 1970. */
  readonly now: () => number;
  readonly log: Logger;
  /** Told once: the kept password does not work any more and was forgotten. */
  readonly onRefused: (instance: Instance, reason: string) => void;
}

/**
 * Hands out credentials, and renews one that is about to end where its password was kept: by one try. A password that
 * is refused is forgotten, so that no later try can lock the account; a server that is busy is asked again later.
 */
export class RenewingCredentials implements CredentialProvider {
  readonly #underWay = new Map<number, Promise<Credential>>();
  /** By instance id: until when (ms since 1970) the login that was kept at `savedAt` is not tried. */
  readonly #pauses = new Map<number, { readonly savedAt: number; readonly until: number }>();

  constructor(private readonly parts: RenewalParts) {}

  async get(instance: Instance): Promise<Credential | undefined> {
    const { store, now } = this.parts;
    const underWay = this.#underWay.get(instance.id);
    if (underWay !== undefined) {
      return underWay;
    }
    const stored = await store.getStored(instance);
    if (stored?.login === undefined || !isEnding(stored, now()) || this.#isPaused(instance, stored)) {
      return stored?.credential;
    }
    // Another caller may have begun while the keyring was read.
    const renewal = this.#underWay.get(instance.id) ?? this.#renew(instance, stored, stored.login);
    this.#underWay.set(instance.id, renewal);
    return renewal.finally(() => this.#underWay.delete(instance.id));
  }

  #isPaused({ id }: Instance, { savedAt }: StoredCredential): boolean {
    const pause = this.#pauses.get(id);
    return pause?.savedAt === savedAt && pause.until > this.parts.now();
  }

  /** The new credential; the old one where there is none: the sync says what that leads to. */
  async #renew(instance: Instance, stored: StoredCredential, login: Login): Promise<Credential> {
    const { store, signIn, log } = this.parts;
    try {
      const fresh = await signIn(instance, login);
      await store.set(instance, fresh, login);
      log.info(`${instance.name}: the sign-in was renewed`);
      return fresh;
    } catch (error) {
      log.warn(
        `${instance.name}: the sign-in was not renewed. ${isFailure(error) ? error.message : String(error)}`,
      );
      await this.#afterFailure(instance, stored, error);
      return stored.credential;
    }
  }

  async #afterFailure(instance: Instance, { savedAt }: StoredCredential, error: unknown): Promise<void> {
    const { store, now, onRefused } = this.parts;
    if (isFailure(error, 'rateLimited')) {
      const pauseMs = Math.max(error.retryAfterMs ?? 0, LEAST_PAUSE_MS);
      this.#pauses.set(instance.id, { savedAt, until: now() + pauseMs });
    } else if (isFailure(error) && isRefusal(error.code)) {
      // Also where the keyring cannot be written: in this window the password is not tried again.
      this.#pauses.set(instance.id, { savedAt, until: Number.POSITIVE_INFINITY });
      await store.forgetLogin(instance);
      onRefused(instance, error.message);
    }
  }
}
