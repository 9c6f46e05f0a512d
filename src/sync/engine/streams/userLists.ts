import type { KnownUser } from '../../../store/mirrorFacts';
import type { EpochSeconds, UserRecord } from '../../../store/records';
import { eachInSlices } from '../../../store/slices';
import { ifSupported } from '../../openwebui/feeds';
import { collect, type Page } from '../../openwebui/paging';
import { readAllUsers, userPages, type UserOrder } from '../../openwebui/users';
import type { StreamContext } from '../runTypes';

/** Users of a server, by their ids in the mirror; `isComplete`: who is not among them is a candidate for deletion. */
export interface FoundUsers {
  readonly users: readonly UserRecord[];
  readonly isComplete: boolean;
}

/** Reads a server's lists of users, without those who were erased. */
export class UserLists {
  readonly #context: StreamContext;

  constructor(context: StreamContext) {
    this.#context = context;
  }

  /** The paged list has everything about each user; the unpaged one closes the gaps of rows that moved meanwhile. */
  async everybody(): Promise<FoundUsers> {
    const paged = await collect(this.#pages('email'));
    const all = await this.#allIfSupported();
    return merged([all, paged]);
  }

  /**
   * As few calls as the server allows: one unpaged list on 0.12, which tells the last activity; before, the unpaged
   * one for who exists and the first pages by activity; up to 0.6.5 a list that holds everybody anyway.
   */
  async active(known: readonly KnownUser[], since: EpochSeconds): Promise<FoundUsers> {
    const all = await this.#allIfSupported();
    if (all === undefined) {
      return merged([await collect(this.#pages('last_active_at'))]);
    }
    if (all.rows.some((user) => user.lastActiveAt !== undefined)) {
      return merged([all, await this.#newcomers(all, known)]);
    }
    return merged([all, await this.#until(since)]);
  }

  async #allIfSupported(): Promise<Page<UserRecord> | undefined> {
    const page = await ifSupported(() => readAllUsers(this.#context.client));
    return page && (await this.#mirrored(page));
  }

  /** The full rows of users that the mirror does not hold yet: the newest accounts come first. */
  async #newcomers(
    all: Page<UserRecord>,
    known: readonly KnownUser[],
  ): Promise<Page<UserRecord> | undefined> {
    const mirrored = new Set(known.map((user) => user.remoteId));
    const wanted = new Set(
      all.rows.map((user) => user.remoteId).filter((remoteId) => !mirrored.has(remoteId)),
    );
    const rows: UserRecord[] = [];
    if (wanted.size === 0) {
      return undefined;
    }
    for await (const page of this.#pages('created_at')) {
      const fresh = page.rows.filter((user) => wanted.delete(user.remoteId));
      rows.push(...fresh);
      if (wanted.size === 0 || fresh.length === 0) {
        break;
      }
    }
    return { rows, skipped: 0 };
  }

  /** Pages by last activity, newest first, up to the first that reaches below `since`. */
  async #until(since: EpochSeconds): Promise<Page<UserRecord>> {
    const rows: UserRecord[] = [];
    for await (const page of this.#pages('last_active_at')) {
      rows.push(...page.rows);
      const last = page.rows.at(-1)?.lastActiveAt;
      if (last !== undefined && last < since) {
        break;
      }
    }
    return { rows, skipped: 0 };
  }

  async *#pages(order: UserOrder): AsyncGenerator<Page<UserRecord>> {
    for await (const page of userPages(this.#context.client, order)) {
      yield await this.#mirrored(page);
    }
  }

  async #mirrored(page: Page<UserRecord>): Promise<Page<UserRecord>> {
    const { identities } = this.#context;
    const rows: UserRecord[] = [];
    await eachInSlices(page.rows, (user) => {
      if (!identities.isErased(user.remoteId)) {
        rows.push({ ...user, remoteId: identities.mirrorId(user.remoteId) });
      }
    });
    return { ...page, rows };
  }
}

/** One record per user; what a later page tells completes an earlier one. */
async function merged(pages: readonly (Page<UserRecord> | undefined)[]): Promise<FoundUsers> {
  const users = new Map<string, UserRecord>();
  let skipped = 0;
  for (const page of pages) {
    await eachInSlices(page?.rows ?? [], (user) => {
      users.set(user.remoteId, completed(users.get(user.remoteId), user));
    });
    skipped += page?.skipped ?? 0;
  }
  return { users: [...users.values()], isComplete: skipped === 0 };
}

function completed(before: UserRecord | undefined, user: UserRecord): UserRecord {
  return {
    remoteId: user.remoteId,
    name: user.name ?? before?.name,
    email: user.email ?? before?.email,
    role: user.role ?? before?.role,
    createdAt: user.createdAt ?? before?.createdAt,
    updatedAt: user.updatedAt ?? before?.updatedAt,
    lastActiveAt: user.lastActiveAt ?? before?.lastActiveAt,
  };
}
