import assert from 'node:assert/strict';
import { SHARES, shareOf } from '../../../../src/sync/engine/slowRefetch';
import { useMirroring, type Mirroring } from './harness';

const CHAT = '/api/v1/chats/share/';
const LIST = '/api/v1/chats/list/user/';
const RECONCILE = { walk: 'complete' } as const;

function fetched({ requests }: Mirroring): string[] {
  return requests.filter((path) => path.startsWith(CHAT)).map((path) => path.slice(CHAT.length));
}

describe('a reconcile', () => {
  const mirroring = useMirroring();

  it('finds what others deleted and added', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 3);
    await m.sync({ kind: 'full' });
    m.world.chats.remove(bob.chatIds[0]!, 'admin');
    const { lastActiveAt } = m.world.users.get(bob.id);
    const added = m.world.chats.add(bob.id, { title: 'Automation' });
    m.world.users.get(bob.id).lastActiveAt = lastActiveAt;
    await m.sync();
    assert.equal(await m.count('chats'), 3);
    const run = await m.sync(RECONCILE);
    assert.deepEqual([run.status, run.counts.deleted, run.walk], ['ok', 1, 'complete']);
    assert.equal(await m.count('chats', `is_deleted = 0 AND remote_id = '${added.id}'`), 1);
  });

  it('reads every list to its end, but fetches only what changed and one share of the rest', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 250);
    await m.sync({ kind: 'full' });
    await m.sync(RECONCILE);
    assert.equal(new Set(m.requests.filter((path) => path.startsWith(LIST + bob.id))).size, 5);
    assert.deepEqual(fetched(m).sort(), bob.chatIds.filter((id) => shareOf(id) === 0).sort());
  });

  it('shows names that an administrator changed', async () => {
    const m = await mirroring('0.9.6').start();
    Array.from({ length: 40 }, (_, index) => m.addUser(`user${index}`, 0));
    await m.sync({ kind: 'full' });
    const [first] = m.world.users.all();
    m.world.users.update(first!.id, { role: 'user', name: 'Old Admin' });
    m.world.users.update(first!.id, { role: 'admin' });
    await m.sync(RECONCILE);
    assert.equal(await m.count('users', "name = 'Old Admin'"), 1);
  });

  it('looks at the rare streams too, be it by the timer', async () => {
    const m = await mirroring().start();
    await m.sync({ kind: 'full' });
    const run = await m.sync({ ...RECONCILE, trigger: 'schedule' });
    assert.equal(run.streams.length, 8);
  });

  it('takes nothing for settled that it could not see', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    const completeAt = async (): Promise<unknown> =>
      (
        await m.rows("SELECT last_complete_at_epoch FROM sync_state WHERE stream = 'chats' AND scope = ''")
      )[0];
    const before = await completeAt();
    const refuse = { kind: 'reply', status: 500, body: 'Internal Server Error' } as const;
    const takeBack = m.server.fail(LIST + bob.id, refuse, 100);
    assert.equal((await m.sync(RECONCILE)).status, 'partial');
    assert.deepEqual(await completeAt(), before);
    takeBack();
    await m.sync();
    assert.deepEqual(await completeAt(), before);
    await m.sync(RECONCILE);
    assert.notDeepEqual(await completeAt(), before);
  });

  it('starts over when it broke off', async () => {
    const m = await mirroring().start();
    const users = [0, 1, 2].map((index) => m.addUser(`user${index}`, 2));
    await m.sync({ kind: 'full' });
    users.forEach(({ chatIds }) => m.world.chats.remove(chatIds[0]!, 'admin'));
    const cancel = new AbortController();
    m.server.fail(
      ({ path }) => {
        if (path.startsWith(LIST)) {
          cancel.abort();
        }
        return false;
      },
      { kind: 'reset' },
    );
    assert.equal((await m.sync(RECONCILE, cancel.signal)).status, 'cancelled');
    m.coordinator.running();
    const run = await m.sync(RECONCILE);
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 3]);
  });
});

describe('the slow refetch', () => {
  const mirroring = useMirroring();

  it('has looked at every chat after as many reconciles as there are shares', async () => {
    const m = await mirroring().start();
    const { chatIds } = m.addUser('bob', 60);
    await m.sync({ kind: 'full' });
    const seen: string[] = [];
    for (let day = 0; day < SHARES; day += 1) {
      m.clock.seconds += 2 * 86_400;
      await m.sync({ ...RECONCILE, trigger: 'schedule' });
      seen.push(...fetched(m));
    }
    assert.deepEqual(seen.sort(), [...chatIds].sort());
  }).timeout(120_000);

  it('catches tags and share links, which move no time', async () => {
    const m = await mirroring().start();
    const { id, chatIds } = m.addUser('bob', 1);
    const [chatId] = chatIds;
    await m.sync({ kind: 'full' });
    m.world.chats.setTags(chatId!, ['travel']);
    m.world.chats.share(chatId!);
    m.world.users.get(id).lastActiveAt -= 86_400;
    const tagged = (): Promise<number> => m.count('chats', 'tags = \'["travel"]\' AND share_id IS NOT NULL');
    let days = 0;
    while ((await tagged()) === 0 && days < SHARES) {
      await m.sync(RECONCILE);
      days += 1;
    }
    assert.deepEqual([await tagged(), days], [1, shareOf(chatId!) + 1]);
  }).timeout(120_000);

  it('loses no share when lists fail, but does not wait for a list that fails for good', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 80);
    const shares = async (): Promise<number[]> => {
      await m.sync(RECONCILE);
      return [...new Set(fetched(m).map(shareOf))];
    };
    await m.sync({ kind: 'full' });
    const refuse = { kind: 'reply', status: 502, body: 'Bad gateway' } as const;
    const takeBack = m.server.fail(LIST + bob.id, refuse, 1000);
    assert.deepEqual(await shares(), []);
    takeBack();
    assert.deepEqual(await shares(), [0]);
    m.server.fail(LIST + bob.id, refuse, 1000);
    await shares();
    await shares();
    assert.deepEqual(await m.rows("SELECT walk_json FROM sync_state WHERE stream = 'messages'"), [
      ['{"nextShare":2,"isRepeated":false}'],
    ]);
  });

  it('is no part of a usual or a full run', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 3);
    await m.sync({ kind: 'full' });
    await m.sync({ kind: 'full' });
    await m.sync();
    assert.deepEqual(await m.rows("SELECT walk_json FROM sync_state WHERE stream = 'messages'"), []);
  });
});
