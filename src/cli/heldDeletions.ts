import type { Instance } from '../store/instance';
import { createReader } from '../store/reader';
import { heldDeletionsText, readHeldDeletions, type HeldDeletion } from '../sync/texts/heldDeletions';
import { WORKERS } from './workers';

/** What the brake holds back of one instance. */
export interface HeldOfInstance {
  readonly instance: Instance;
  readonly deletions: readonly HeldDeletion[];
}

/** Reads what is held back. @throws NoDatabaseError before the first sync */
export async function readHeld(
  folder: string,
  instances: readonly Instance[],
): Promise<readonly HeldOfInstance[]> {
  const reader = createReader({ folder, workerPath: WORKERS.reader });
  try {
    return await Promise.all(
      instances.map(async (instance) => ({
        instance,
        deletions: await readHeldDeletions(reader, instance.id),
      })),
    );
  } finally {
    reader.dispose();
  }
}

/** The deletions of one instance by name, or that there are none. */
export function heldText({ instance, deletions }: HeldOfInstance): string {
  return deletions.length === 0
    ? `No deletion of ${instance.name} is held back.\n`
    : heldDeletionsText(instance.name, deletions);
}
