import { requiredText, type JsonObject } from './json';
import type { Account, Member, World } from './seed';

type Members = Readonly<Record<Member, Account>>;

/** One of two members, one of a single one who leaves, one of nobody. */
export async function addGroups(admin: Account, { ann, bob, cem }: Members): Promise<string[]> {
  return [
    await addGroup(admin, 'Finance', [ann, bob]),
    await addGroup(admin, 'Legal Ü', [cem]),
    await addGroup(admin, 'Nobody yet', []),
    await addGroup(admin, 'Dissolved', [ann]),
  ];
}

/** People come and go, a group is renamed, one is made and one dissolved. */
export async function changeGroups({ admin, members, groups }: World): Promise<void> {
  const { ann, bob, dot } = members;
  const [finance, , nobody, dissolved] = groups.map(String);
  await removeMember(admin, String(finance), 'Finance', bob, [ann]);
  await addMembers(admin, String(nobody), formOf('Nobody yet'), [dot]);
  await admin.api.delete(`/api/v1/groups/id/${String(dissolved)}/delete`);
  const added = await addGroup(admin, 'New ones', [bob, dot]);
  await admin.api.post(`/api/v1/groups/id/${added}/update`, {
    ...formOf('New ones, renamed'),
    user_ids: [bob.id, dot.id],
  });
}

async function addGroup(admin: Account, name: string, members: readonly Account[]): Promise<string> {
  const form = formOf(name);
  const id = requiredText(await admin.api.post('/api/v1/groups/create', form), 'id');
  if (members.length > 0) {
    await addMembers(admin, id, form, members);
  }
  return id;
}

/** Without permissions 0.5 cannot even sign its members in. */
function formOf(name: string): JsonObject {
  return { name, description: `About ${name}`, permissions: {} };
}

async function addMembers(
  admin: Account,
  id: string,
  form: JsonObject,
  members: readonly Account[],
): Promise<void> {
  const userIds = members.map((member) => member.id);
  await admin.api.firstKnown(
    () => admin.api.post(`/api/v1/groups/id/${id}/users/add`, { user_ids: userIds }),
    () => admin.api.post(`/api/v1/groups/id/${id}/update`, { ...form, user_ids: userIds }),
  );
}

async function removeMember(
  admin: Account,
  id: string,
  name: string,
  leaver: Account,
  others: readonly Account[],
): Promise<void> {
  await admin.api.firstKnown(
    () => admin.api.post(`/api/v1/groups/id/${id}/users/remove`, { user_ids: [leaver.id] }),
    () =>
      admin.api.post(`/api/v1/groups/id/${id}/update`, {
        ...formOf(name),
        user_ids: others.map((other) => other.id),
      }),
  );
}
