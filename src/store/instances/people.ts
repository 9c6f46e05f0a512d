import { createHash, createHmac } from 'node:crypto';

const HASH_PREFIX = 'person-';
const HASH = /^person-[0-9a-f]{32}$/u;

/**
 * Stands for a user where his id must not be known: 128 bits, useless without the data folder's salt. One that is a
 * hash already stays as it is.
 * @param salt see `ensureSalt`
 */
export function personHash(salt: string, instanceId: number, remoteId: string): string {
  if (isPersonHash(remoteId)) {
    return remoteId;
  }
  const digest = createHmac('sha256', salt).update(`${instanceId}\n${remoteId}`).digest('hex');
  return HASH_PREFIX + digest.slice(0, 32);
}

/** Whether an id is a {@link personHash} and not the server's own. */
export function isPersonHash(remoteId: string): boolean {
  return HASH.test(remoteId);
}

/** The name that stands for a user whose own is not kept, such as `User 3F2A90C1`: the same in all runs. */
export function pseudonymOf(remoteId: string): string {
  return `User ${createHash('sha256').update(remoteId).digest('hex').slice(0, 8).toUpperCase()}`;
}
