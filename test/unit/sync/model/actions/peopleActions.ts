import { anyOf, newText, onUser, type Changes } from './action';

/** Users and groups. */
export const PEOPLE: Changes = {
  addUser: [
    3,
    ({ world }, random) => {
      const name = newText('user', random);
      world.users.add({
        name,
        email: `${name.replace(' ', '.')}@example.org`,
        role: random.weighted({ user: 8, pending: 1, admin: 1 }),
      });
    },
  ],
  renameUser: [
    2,
    onUser(({ world }, { id }, random) => {
      const name = newText('renamed', random);
      world.users.update(
        id,
        random.chance(0.5) ? { name } : { email: `${name.replace(' ', '.')}@example.org` },
      );
    }),
  ],
  changeRole: [
    1,
    onUser(({ world }, { id }, random) => {
      world.users.update(id, { role: random.pick(['user', 'pending', 'admin'] as const) });
    }),
  ],
  deleteUser: [1, onUser(({ world }, { id }) => world.deleteUser(id))],
  userComesBy: [2, onUser(({ world }, { id }) => world.users.markActive(id))],
  addGroup: [
    1,
    ({ world }, random) => {
      const members = world.users.all().filter(() => random.chance(0.5));
      world.users.addGroup(
        newText('group', random),
        members.map(({ id }) => id),
      );
    },
  ],
  changeGroup: [
    2,
    ({ world }, random) => {
      const group = anyOf(world.users.groups(), random);
      if (group !== undefined) {
        group.userIds = world.users.all().flatMap(({ id }) => (random.chance(0.5) ? [id] : []));
        group.updatedAt = world.now();
      }
    },
  ],
};
