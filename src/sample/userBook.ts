import { backUp } from './backup';
import type { SampleFolder, SampleGroup, SampleUser, UserRole } from './model';
import type { WorldContext } from './worldContext';

export interface NewUser {
  readonly name?: string;
  readonly email?: string;
  readonly role?: UserRole;
  readonly password?: string;
  readonly apiKey?: string;
}

/** Accounts, groups, and the folders of each account. */
export class UserBook {
  readonly #world: WorldContext;
  readonly #users = new Map<string, SampleUser>();
  readonly #groups = new Map<string, SampleGroup>();
  readonly #folders = new Map<string, SampleFolder>();

  constructor(world: WorldContext) {
    this.#world = world;
  }

  /** Everybody, oldest account first. */
  all(): SampleUser[] {
    return [...this.#users.values()];
  }

  find(userId: string): SampleUser | undefined {
    return this.#users.get(userId);
  }

  /** @throws Error when there is no such user. */
  get(userId: string): SampleUser {
    const user = this.#users.get(userId);
    if (user === undefined) {
      throw new Error(`No user ${userId}`);
    }
    return user;
  }

  findByEmail(email: string): SampleUser | undefined {
    return this.all().find((user) => user.email.toLowerCase() === email.toLowerCase());
  }

  findByKey(apiKey: string): SampleUser | undefined {
    return this.all().find((user) => user.apiKey === apiKey);
  }

  /** The first administrator. @throws Error when there is none. */
  admin(): SampleUser {
    const admin = this.all().find((user) => user.role === 'admin');
    if (admin === undefined) {
      throw new Error('The sample server has no administrator');
    }
    return admin;
  }

  add(details: NewUser = {}): SampleUser {
    const now = this.#world.now();
    const number = this.#users.size + 1;
    const user: SampleUser = {
      id: this.#world.newId(),
      name: details.name ?? `User ${number}`,
      email: details.email ?? `user${number}@example.org`,
      role: details.role ?? 'user',
      createdAt: now,
      updatedAt: now,
      lastActiveAt: now,
      password: details.password ?? 'sample-password',
      apiKey: details.apiKey ?? null,
    };
    this.#users.set(user.id, user);
    return user;
  }

  update(
    userId: string,
    changes: Partial<Pick<SampleUser, 'name' | 'email' | 'role' | 'apiKey' | 'password'>>,
  ): SampleUser {
    const user = this.get(userId);
    Object.assign(user, changes);
    user.updatedAt = this.#world.now();
    return user;
  }

  /** Removes the account and its memberships; `SampleWorld.deleteUser` removes the chats too. */
  remove(userId: string): void {
    this.get(userId);
    this.#users.delete(userId);
    for (const group of this.#groups.values()) {
      group.userIds = group.userIds.filter((id) => id !== userId);
    }
  }

  /** Notes that the user did something now. */
  markActive(userId: string): void {
    const user = this.#users.get(userId);
    if (user !== undefined) {
      user.lastActiveAt = Math.max(user.lastActiveAt, this.#world.now());
    }
  }

  /** Keeps a copy of everything. @returns puts it back */
  backUp(): () => void {
    return backUp([this.#users, this.#groups, this.#folders]);
  }

  clear(): void {
    [this.#users, this.#groups, this.#folders].forEach((rows) => rows.clear());
  }

  groups(): SampleGroup[] {
    return [...this.#groups.values()];
  }

  findGroup(groupId: string): SampleGroup | undefined {
    return this.#groups.get(groupId);
  }

  groupsOf(userId: string): SampleGroup[] {
    return this.groups().filter((group) => group.userIds.includes(userId));
  }

  addGroup(name: string, userIds: readonly string[]): SampleGroup {
    const now = this.#world.now();
    const group: SampleGroup = {
      id: this.#world.newId(),
      ownerId: this.admin().id,
      name,
      description: `${name} team`,
      userIds: [...userIds],
      createdAt: now,
      updatedAt: now,
    };
    this.#groups.set(group.id, group);
    return group;
  }

  foldersOf(userId: string): SampleFolder[] {
    return [...this.#folders.values()].filter((folder) => folder.userId === userId);
  }

  addFolder(userId: string, name: string): SampleFolder {
    const now = this.#world.now();
    const folder: SampleFolder = { id: this.#world.newId(), userId, name, createdAt: now, updatedAt: now };
    this.#folders.set(folder.id, folder);
    return folder;
  }
}
