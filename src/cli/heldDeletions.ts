import type { Instance } from '../store/instances/instance';
import { heldDeletionsText, readHeldDeletions, type HeldDeletion } from '../sync/texts/heldDeletions';
import { withReader } from './workers';

/** What the brake holds back of one instance. */
export interface HeldOfInstance {
  readonly instance: Instance;
  readonly deletions: readonly HeldDeletion[];
}

/** Reads what is held back. @throws NoDatabaseError before the first sync */
export function readHeld(folder: string, instances: readonly Instance[]): Promise<readonly HeldOfInstance[]> {
  return withReader(folder, (reader) =>
    Promise.all(
      instances.map(async (instance) => ({
        instance,
        deletions: await readHeldDeletions(reader, instance.id),
      })),
    ),
  );
}

/** The deletions of one instance by name, or that there are none. */
export function heldText({ instance, deletions }: HeldOfInstance): string {
  return deletions.length === 0
    ? `No deletion of ${instance.name} is held back.\n`
    : heldDeletionsText(instance.name, deletions);
}
