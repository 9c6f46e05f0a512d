import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Warehouse } from '../../warehouse/warehouseTypes';
import type { Log } from '../log';

/** Where a password may be sent: who logs in on which server, and how the way there is protected. */
type Address = Pick<Warehouse, 'host' | 'port' | 'database' | 'user' | 'ssl'>;

/** Name of a warehouse's secret: bound to its address, so that a server elsewhere never gets the password. */
function secretName({ host, port, database, user, ssl }: Address): string {
  return `warehouse/${JSON.stringify([host.toLowerCase(), port, database, user, ssl])}`;
}

/** Passwords of warehouses: in SecretStorage and nowhere else. */
export class WarehousePasswords {
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {}

  /** Undefined where none is kept for this address: then PostgreSQL's own places are looked into (PGPASSWORD, ~/.pgpass). */
  async get(warehouse: Address): Promise<string | undefined> {
    const password = await this.secrets.get(secretName(warehouse));
    if (password !== undefined) {
      this.log.protect(password);
    }
    return password;
  }

  /** @throws Error when the system's keyring refuses */
  async set(warehouse: Address, password: string): Promise<void> {
    this.log.protect(password);
    try {
      await this.secrets.store(secretName(warehouse), password);
    } catch (error) {
      throw new Error(
        l10n.t(
          'The password could not be stored. Check that the system keyring is unlocked, then try again.',
        ),
        { cause: error },
      );
    }
  }

  async delete(warehouse: Address): Promise<void> {
    await this.secrets.delete(secretName(warehouse));
  }
}
