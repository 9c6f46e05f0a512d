import * as vscode from 'vscode';
import type { Instance } from '../../store/instance';
import type { Credential, CredentialProvider } from '../../sync/engine/syncTypes';
import type { Log } from '../log';
import type { StoredCredential } from './credentialRecord';
import { instanceIdOf, parseCredential, secretName, serializeCredential } from './credentialRecord';

/** Keys and tokens of the instances: in SecretStorage and nowhere else. */
export class CredentialStore implements CredentialProvider, vscode.Disposable {
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

  async get(instance: Instance): Promise<Credential | undefined> {
    return (await this.getStored(instance))?.credential;
  }

  /** The credential with when it was entered. A keyring that fails counts as "key needed": asking again is the way out. */
  async getStored(instance: Instance): Promise<StoredCredential | undefined> {
    try {
      const text = await this.secrets.get(secretName(instance));
      const stored = text === undefined ? undefined : parseCredential(text);
      if (stored !== undefined) {
        this.log.protect(stored.credential.value);
      }
      return stored;
    } catch (error) {
      this.#logFailureOnce(error);
      return undefined;
    }
  }

  /** @throws Error when the system's keyring refuses. */
  async set(instance: Instance, credential: Credential): Promise<void> {
    this.log.protect(credential.value);
    const text = serializeCredential({ credential, savedAt: Date.now() });
    try {
      await this.secrets.store(secretName(instance), text);
    } catch (error) {
      throw new Error(
        'The key could not be stored. Check that the system keyring is unlocked, then try again.',
        {
          cause: error,
        },
      );
    }
    this.#changed.fire(instance.id);
  }

  async delete(instance: Instance): Promise<void> {
    await this.secrets.delete(secretName(instance));
    this.#changed.fire(instance.id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #logFailureOnce(error: unknown): void {
    if (!this.#isFailureLogged) {
      this.#isFailureLogged = true;
      this.log.warn(`The system keyring cannot be read: ${String(error)}`);
    }
  }
}
