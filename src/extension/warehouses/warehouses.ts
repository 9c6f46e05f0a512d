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
  PushOptions,
  PushResult,
  Warehouse,
  WarehouseModule,
  WarehouseReader,
} from '../../warehouse/warehouseTypes';
import type { WarehousePasswords } from './warehousePasswords';
import { WarehouseReading } from './warehouseReading';

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
  readonly #changed = new vscode.EventEmitter<ReadonlySet<string>>();
  #known: readonly Warehouse[] = [];

  /** Fires with the names, in small letters, of those that came, went or were pushed to, by whichever process. */
  readonly onDidChange = this.#changed.event;

  constructor(setup: WarehousesSetup) {
    this.#setup = setup;
  }

  /** As the file had them when it was read last; none before the first {@link list}. */
  get known(): readonly Warehouse[] {
    return this.#known;
  }

  /** Reads the file. @throws WarehousesFileError */
  async list(): Promise<readonly Warehouse[]> {
    const before = this.#known;
    this.#known = await loadWarehouses(this.#setup.root);
    const changed = differing(before, this.#known);
    if (changed.size > 0) {
      this.#changed.fire(changed);
    }
    return this.#known;
  }

  /** Keeps a warehouse that answered. @param password undefined: PostgreSQL's own places have it @throws WarehouseError */
  async add(warehouse: Warehouse, password: string | undefined): Promise<void> {
    await this.#setup.load().testWarehouse(this.#setup.root, warehouse, password);
    const added = await addWarehouse(this.#setup.root, warehouse);
    if (password !== undefined) {
      await this.#setup.passwords.set(added, password);
    }
    await this.list();
  }

  /** Keeps another password, once the warehouse let in who has it. @throws WarehouseError */
  async changePassword(warehouse: Warehouse, password: string | undefined): Promise<void> {
    const { root, passwords, load } = this.#setup;
    await load().testWarehouse(root, warehouse, password);
    await (password === undefined ? passwords.delete(warehouse) : passwords.set(warehouse, password));
  }

  /** Forgets a warehouse and its password; what was pushed to it stays there. @throws WarehousesFileError */
  async remove(warehouse: Warehouse): Promise<void> {
    await removeWarehouse(this.#setup.root, warehouse.name);
    await this.#setup.passwords.delete(warehouse);
    await this.list();
  }

  /** Reads a warehouse for whoever disposes of it. Nothing is connected before something is asked. */
  reading(name: string): WarehouseReading {
    return new WarehouseReading(name, () => this.open(name));
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
    options: Pick<PushOptions, 'signal' | 'onProgress' | 'afterRestore'>,
  ): Promise<PushResult> {
    const { root, passwords, load, clientVersion } = this.#setup;
    const password = await passwords.get(warehouse);
    const result = await load().push({ root, warehouse, password, clientVersion, ...options });
    if (result.hadNews) {
      await noteLastPush(root, warehouse.name, lastPushOf(result));
      await this.list();
    }
    return result;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Names, in small letters, of warehouses that are in one list alone, or are not the same in both. */
function differing(before: readonly Warehouse[], after: readonly Warehouse[]): ReadonlySet<string> {
  const texts = (list: readonly Warehouse[]): Set<string> => new Set(list.map((one) => JSON.stringify(one)));
  const [old, present] = [texts(before), texts(after)];
  return new Set(
    [...before, ...after]
      .filter((one) => old.has(JSON.stringify(one)) !== present.has(JSON.stringify(one)))
      .map(({ name }) => name.toLowerCase()),
  );
}
