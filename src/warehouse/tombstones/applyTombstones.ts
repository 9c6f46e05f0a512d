import type { ClientBase } from 'pg';
import type { Tombstone } from '../../store/tombstones/tombstone';

/** Carries out in a warehouse what was removed from the mirror for good. Inside a transaction. */
export function applyTombstones(_client: ClientBase, tombstones: readonly Tombstone[]): Promise<void> {
  return Promise.reject(new Error(`${tombstones.length} removals cannot be carried over yet`));
}
