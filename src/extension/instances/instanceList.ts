import * as vscode from 'vscode';
import type { Instance, InstancesFile } from '../../store/instances/instance';
import type { InstanceChanges, NewInstance } from '../../store/instances/instancesFile';
import {
  addInstance,
  loadInstances,
  removeInstance,
  setZone,
  updateInstance,
} from '../../store/instances/instancesFile';

/** `instances.json` at hand: read once, again after each change by whichever process. */
export class InstanceList implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  #file: InstancesFile | undefined;

  /** Fires when an instance was added, changed or removed. */
  readonly onDidChange = this.#changed.event;

  /** @param root the data folder */
  constructor(private readonly root: string) {}

  /** All instances in the order of the file; none before the first {@link reload}. */
  list(): readonly Instance[] {
    return this.#file?.instances ?? [];
  }

  /** IANA name of the mirror's zone. */
  zone(): string {
    return this.#file?.zone ?? 'UTC';
  }

  /** @param name IANA name @throws InvalidInstanceError when there is no such zone */
  async setZone(name: string): Promise<void> {
    await setZone(this.root, name);
    await this.reload();
  }

  /** @throws InvalidInstanceError for a name or URL that cannot be, with what to change. */
  async add(instance: NewInstance): Promise<Instance> {
    const added = await addInstance(this.root, instance);
    await this.reload();
    return added;
  }

  /** @throws InvalidInstanceError */
  async update(id: number, changes: InstanceChanges): Promise<Instance> {
    const updated = await updateInstance(this.root, id, changes);
    await this.reload();
    return updated;
  }

  /** Forgets an instance; its rows in the database are not touched. */
  async remove(id: number): Promise<void> {
    await removeInstance(this.root, id);
    await this.reload();
  }

  /** Reads the file again. @throws InstancesFileError when it is damaged; the last good content stays in use. */
  async reload(): Promise<void> {
    const before = JSON.stringify(this.#file);
    this.#file = await loadInstances(this.root);
    if (JSON.stringify(this.#file) !== before) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
