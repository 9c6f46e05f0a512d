import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  addWarehouse,
  lastPushOf,
  loadWarehouses,
  noteLastPush,
  removeWarehouse,
  warehouseNamed,
} from '../../warehouse/warehousesFile';
import type {
  PushProgress,
  PushResult,
  Warehouse,
  WarehouseModule,
  WarehouseReader,
} from '../../warehouse/warehouseTypes';
import type { WarehousePasswords } from './warehousePasswords';

/** There is no warehouse of a name that a report asks for. */
export class UnknownWarehouseError extends Error {
  override readonly name = 'UnknownWarehouseError';
  constructor(warehouse: string) {
    super(
      l10n.t(
        'There is no warehouse "{0}" any more. Add it again, or read this report from the mirror.',
        warehouse,
      ),
    );
  }
}

export interface WarehousesSetup {
  /** The data folder. */
  readonly root: string;
  readonly passwords: WarehousePasswords;
  /** Loads the driver of PostgreSQL: only when a warehouse is asked. */
  readonly load: () => WarehouseModule;
  readonly clientVersion: string;
}

/** The warehouses of `warehouses.json`, in the editor. */
export class Warehouses implements vscode.Disposable {
  readonly #setup: WarehousesSetup;
  readonly #pushed = new vscode.EventEmitter<string>();

  /** Fires with the name of a warehouse that this window pushed something to. */
  readonly onDidPush = this.#pushed.event;

  constructor(setup: WarehousesSetup) {
    this.#setup = setup;
  }

  /** @throws WarehousesFileError */
  list(): Promise<readonly Warehouse[]> {
    return loadWarehouses(this.#setup.root);
  }

  /** Keeps a warehouse that answered. @param password undefined: PostgreSQL's own places have it @throws WarehouseError */
  async add(warehouse: Warehouse, password: string | undefined): Promise<void> {
    await this.#setup.load().testWarehouse(this.#setup.root, warehouse, password);
    const added = await addWarehouse(this.#setup.root, warehouse);
    if (password !== undefined) {
      await this.#setup.passwords.set(added, password);
    }
  }

  /** Forgets a warehouse and its password; what was pushed to it stays there. @throws WarehousesFileError */
  async remove(warehouse: Warehouse): Promise<void> {
    await removeWarehouse(this.#setup.root, warehouse.name);
    await this.#setup.passwords.delete(warehouse);
  }

  /** Connects for reports; dispose of it afterwards. @throws WarehouseError, UnknownWarehouseError */
  async open(name: string): Promise<WarehouseReader> {
    const warehouse = warehouseNamed(await this.list(), name);
    if (warehouse === undefined) {
      throw new UnknownWarehouseError(name);
    }
    return this.#setup.load().openWarehouseReader(warehouse, await this.#setup.passwords.get(warehouse));
  }

  /** @throws WarehouseError, WarehouseBusyError; NoDatabaseError; the signal's reason */
  async push(
    warehouse: Warehouse,
    {
      signal,
      onProgress,
    }: { readonly signal: AbortSignal; readonly onProgress: (progress: PushProgress) => void },
  ): Promise<PushResult> {
    const { root, passwords, load, clientVersion } = this.#setup;
    const password = await passwords.get(warehouse);
    const result = await load().push({ root, warehouse, password, clientVersion, signal, onProgress });
    if (result.hadNews) {
      await noteLastPush(root, warehouse.name, lastPushOf(result));
      this.#pushed.fire(warehouse.name);
    }
    return result;
  }

  dispose(): void {
    this.#pushed.dispose();
  }
}
