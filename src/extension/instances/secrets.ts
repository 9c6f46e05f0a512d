import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { Credential } from '../../sync/engine/syncTypes';
import type { Log } from '../log';
import type { Login, StoredCredential } from './credentialRecord';
import { instanceIdOf, parseCredential, secretName, serializeCredential } from './credentialRecord';

/** Keys, tokens and kept passwords of the instances: in SecretStorage and nowhere else. */
export class CredentialStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<number>();
  readonly #subscription: vscode.Disposable;
  #isFailureLogged = false;

  /** Fires with the instance's id when its key was entered or removed, in this window or another. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {
    this.#subscription = secrets.onDidChange(({ key }) => {
      const id = instanceIdOf(key);
      if (id !== undefined) {
        this.#changed.fire(id);
      }
    });
  }

  /** The credential as it is kept; see {@link RenewingCredentials} for one that is about to end. */
  async get(instance: Instance): Promise<Credential | undefined> {
    return (await this.getStored(instance))?.credential;
  }

  /** The credential with when it was entered, and the login that renews it. A keyring that fails counts as "key needed": asking again is the way out. */
  async getStored(instance: Instance): Promise<StoredCredential | undefined> {
    try {
      const text = await this.secrets.get(secretName(instance));
      const stored = text === undefined ? undefined : parseCredential(text);
      if (stored !== undefined) {
        this.#protect(stored);
      }
      return stored;
    } catch (error) {
      this.#logFailureOnce(error);
      return undefined;
    }
  }

  /**
   * Keeps a new credential in place of the old one.
   * @param login kept beside it to renew it; without one, an older one is forgotten
   * @throws Error when the system's keyring refuses
   */
  async set(instance: Instance, credential: Credential, login?: Login): Promise<void> {
    await this.#store(instance, { credential, savedAt: Date.now(), login });
  }

  /** Forgets the password but not the credential that it led to. @throws Error when the system's keyring refuses */
  async forgetLogin(instance: Instance): Promise<void> {
    const stored = await this.getStored(instance);
    if (stored?.login !== undefined) {
      await this.#store(instance, { ...stored, login: undefined });
    }
  }

  async delete(instance: Instance): Promise<void> {
    await this.secrets.delete(secretName(instance));
    this.#changed.fire(instance.id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #store(instance: Instance, stored: StoredCredential): Promise<void> {
    this.#protect(stored);
    try {
      await this.secrets.store(secretName(instance), serializeCredential(stored));
    } catch (error) {
      throw new Error(
        l10n.t('The key could not be stored. Check that the system keyring is unlocked, then try again.'),
        {
          cause: error,
        },
      );
    }
    this.#changed.fire(instance.id);
  }

  #protect({ credential, login }: StoredCredential): void {
    this.log.protect(credential.value);
    if (login !== undefined) {
      this.log.protect(login.password);
    }
  }

  #logFailureOnce(error: unknown): void {
    if (!this.#isFailureLogged) {
      this.#isFailureLogged = true;
      this.log.warn(`The system keyring cannot be read: ${String(error)}`);
    }
  }
}
