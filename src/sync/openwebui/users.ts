import * as v from 'valibot';
import type { UserRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS } from './dialects';
import { exists } from './exists';
import { readFeed, readWholeFeed } from './feeds';
import { id, text, time } from './fields';
import type { Page } from './paging';
import { segment } from './routes';

/**
 * Only these fields are ever taken from a row: up to 0.6.36 rows carry API keys in clear, and all carry
 * settings and images.
 */
const userRow = v.pipe(
  v.object({
    id,
    name: text,
    email: text,
    role: text,
    created_at: time,
    updated_at: time,
    last_active_at: time,
  }),
  v.transform((row): UserRecord => ({
    remoteId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastActiveAt: row.last_active_at,
  })),
);

export type UserOrder = 'email' | 'last_active_at' | 'created_at';

/** What asks for an order; without it pages of newer servers come in none. */
export function inOrder(order: UserOrder): Readonly<Record<string, string>> {
  return { order_by: order, direction: order === 'email' ? 'asc' : 'desc' };
}

/**
 * Users in full, 30 a page (all at once up to 0.6.5): by e-mail for a complete walk, else newest first.
 * @throws OpenWebUiError `notAdmin`, `keyRejected`, ...
 */
export function userPages(client: OpenWebUiClient, order: UserOrder): AsyncGenerator<Page<UserRecord>> {
  return readFeed(client, {
    ways: DIALECTS.users,
    query: inOrder(order),
    row: userRow,
    idOf: (user) => user.remoteId,
  });
}

/**
 * Every user in one call, from 0.6.6: id, name, e-mail and role, on 0.12 also the last activity.
 * @throws OpenWebUiError `unsupported` on older servers
 */
export function readAllUsers(client: OpenWebUiClient): Promise<Page<UserRecord>> {
  return readWholeFeed(client, { ways: DIALECTS.everyUser, row: userRow });
}

/** Whether the server still knows a user. */
export function userExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/users/${segment(remoteId)}`);
}
