import { readFile, rm } from 'node:fs/promises';
import * as v from 'valibot';
import { dataFolderAt } from '../files/dataFolder';
import { putFile } from '../files/durableFiles';
import { codeOf } from '../errors';

const POLL_MS = 300;

const schema = v.object({
  /** `LockContent.id` of the process that is to cancel. */
  lockId: v.string(),
  /** Absent: all of them. */
  instanceIds: v.optional(v.array(v.number())),
});

type CancelRequest = v.InferOutput<typeof schema>;

/**
 * Asks the owner of the lock, in another process, to cancel.
 * @param instanceId one instance's run; without it all runs.
 */
export async function requestCancel(root: string, lockId: string, instanceId?: number): Promise<void> {
  const path = dataFolderAt(root).cancel;
  const waiting = await read(path);
  const earlier = waiting?.lockId === lockId ? waiting : { lockId, instanceIds: [] };
  const request: CancelRequest =
    instanceId === undefined || earlier.instanceIds === undefined
      ? { lockId }
      : { lockId, instanceIds: [...earlier.instanceIds, instanceId] };
  await putFile(path, JSON.stringify(request), false);
}

/** Stops looking for requests. */
export interface CancelWatch {
  dispose(): void;
}

/**
 * Looks for requests to cancel while this process holds the lock. @param onCancel gets the instances, or undefined
 * for all. A request for another lock is a leftover and removed.
 */
export function watchCancel(
  root: string,
  lockId: string,
  onCancel: (instanceIds: readonly number[] | undefined) => void,
  pollMs = POLL_MS,
): CancelWatch {
  const path = dataFolderAt(root).cancel;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const request = await read(path);
    if (request !== undefined) {
      await rm(path, { force: true });
      if (request.lockId === lockId) {
        onCancel(request.instanceIds);
      }
    }
  };
  const timer = setInterval(() => {
    if (!isLooking) {
      isLooking = true;
      // An unreadable file is looked at again at the next poll.
      void look()
        .catch(() => undefined)
        .finally(() => {
          isLooking = false;
        });
    }
  }, pollMs);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}

async function read(path: string): Promise<CancelRequest | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
