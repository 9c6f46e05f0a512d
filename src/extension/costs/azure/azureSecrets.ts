import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Log } from '../../log';

/** Client secrets of connections to Azure: in SecretStorage and nowhere else, each under its connection's id. */
export class AzureSecrets {
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Pick<Log, 'protect' | 'warn'>,
  ) {}

  /** Undefined: there is none, or the keyring fails; asking again is the way out of both. */
  async get(connectionId: string): Promise<string | undefined> {
    try {
      const secret = await this.secrets.get(nameOf(connectionId));
      if (secret !== undefined) {
        this.log.protect(secret);
      }
      return secret;
    } catch (error) {
      this.log.warn(`The system keyring cannot be read: ${String(error)}`);
      return undefined;
    }
  }

  /** @throws Error when the system's keyring refuses */
  async set(connectionId: string, secret: string): Promise<void> {
    this.log.protect(secret);
    try {
      await this.secrets.store(nameOf(connectionId), secret);
    } catch (error) {
      const text = l10n.t(
        'The secret could not be stored. Check that the system keyring is unlocked, then try again.',
      );
      throw new Error(text, { cause: error });
    }
  }

  async delete(connectionId: string): Promise<void> {
    await this.secrets.delete(nameOf(connectionId));
  }
}

function nameOf(connectionId: string): string {
  return `azure/${connectionId}`;
}
