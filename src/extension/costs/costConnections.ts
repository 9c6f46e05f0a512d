import * as vscode from 'vscode';
import type { CostConnection } from '../../store/costs/costConnection';
import {
  addCostConnection,
  loadCostConnections,
  removeCostConnection,
  updateCostConnection,
  type CostConnectionChanges,
  type NewCostConnection,
} from '../../store/costs/costConnectionsFile';

/** `azure.json` at hand: read once, again after each change by whichever process. */
export class CostConnections implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  #list: readonly CostConnection[] = [];

  /** Fires when a connection was added, changed or removed. */
  readonly onDidChange = this.#changed.event;

  /** @param root the data folder */
  constructor(private readonly root: string) {}

  /** All connections in the order of the file; none before the first {@link reload}. */
  list(): readonly CostConnection[] {
    return this.#list;
  }

  /** @throws InvalidCostConnectionError */
  async add(connection: NewCostConnection): Promise<CostConnection> {
    const added = await addCostConnection(this.root, connection);
    await this.reload();
    return added;
  }

  /** @throws InvalidCostConnectionError */
  async update(id: string, changes: CostConnectionChanges): Promise<CostConnection> {
    const updated = await updateCostConnection(this.root, id, changes);
    await this.reload();
    return updated;
  }

  /** Forgets a connection; its rows in the database are not touched. */
  async remove(id: string): Promise<void> {
    await removeCostConnection(this.root, id);
    await this.reload();
  }

  /** Reads the file again. @throws CostConnectionsFileError when it is damaged; the last good content stays in use */
  async reload(): Promise<void> {
    const before = JSON.stringify(this.#list);
    this.#list = await loadCostConnections(this.root);
    if (JSON.stringify(this.#list) !== before) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
