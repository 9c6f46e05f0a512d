import { anyOf, newText, onUser, type Changes } from './action';
import { addTurn } from './messages';

const DAY = 86_400;

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
  /** Somebody from another server, with chats of long ago. */
  importUser: [
    2,
    ({ world }, random) => {
      const name = newText('imported', random);
      world.runAt(world.now() - random.integer(2, 30) * DAY, () => {
        const { id } = world.users.add({ name, email: `${name.replace(' ', '.')}@example.org` });
        addTurn(world.chats, world.chats.add(id, { title: newText('Old', random) }), random);
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
