import { project } from '../columns';
import type { Dialect } from '../dialects';
import type { SampleGroup, SampleUser } from '../model';
import type { SampleWorld } from '../world';

type Json = Record<string, unknown>;

/** A row of the user list. */
export function userRow(world: SampleWorld, dialect: Dialect, user: SampleUser): Json {
  return project(userFields(world, user), dialect.columns.user);
}

/** A row of the list of everybody; groups and presence are placeholders there. */
export function userBrief(world: SampleWorld, dialect: Dialect, user: SampleUser): Json {
  return project({ ...userFields(world, user), groups: [] }, dialect.columns.userBrief);
}

/** One user by id. */
export function userOne(world: SampleWorld, dialect: Dialect, user: SampleUser): Json {
  return project(userFields(world, user), dialect.columns.userOne);
}

/** The owner as it stands inside other rows; null when the account is gone. */
export function ownerOf(world: SampleWorld, dialect: Dialect, userId: string): Json | null {
  const user = world.users.find(userId);
  return user === undefined ? null : project(userFields(world, user), dialect.columns.owner);
}

/** Any choice of a user's fields. */
export function userFields(world: SampleWorld, user: SampleUser): Json {
  const groups = world.users.groupsOf(user.id);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    profile_image_url: '/user.png',
    last_active_at: user.lastActiveAt,
    updated_at: user.updatedAt,
    created_at: user.createdAt,
    api_key: user.apiKey,
    active: false,
    is_active: false,
    group_ids: groups.map((group) => group.id),
    groups: groups.map((group) => ({ id: group.id, name: group.name })),
  };
}

/** A group; the members are ids up to 0.6 and a number later. */
export function groupRow(dialect: Dialect, group: SampleGroup): Json {
  return project(groupFields(dialect, group), dialect.columns.group);
}

/** A group with the ids of its members, as `export` gives it. */
export function groupExport(dialect: Dialect, group: SampleGroup): Json {
  return { ...groupRow(dialect, group), user_ids: group.userIds };
}

function groupFields(dialect: Dialect, group: SampleGroup): Json {
  return {
    id: group.id,
    user_id: group.ownerId,
    name: group.name,
    description: group.description,
    permissions: dialect.groupPermissions === 'object' ? {} : null,
    data: dialect.groupShareConfig ? { config: { share: 'members' } } : null,
    user_ids: group.userIds,
    member_count: group.userIds.length,
    created_at: group.createdAt,
    updated_at: group.updatedAt,
  };
}
