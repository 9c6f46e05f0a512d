import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { useMirroring, type Mirroring } from './harness';

const FEEDBACK = '/api/v1/evaluations/';

function feedbackCalls({ requests }: Mirroring): string[] {
  return requests.filter((path) => path.startsWith(FEEDBACK));
}

/** Rates the answer of a chat with one turn. */
function rate(m: Mirroring, chatId: string, rating: 1 | -1, comment = ''): string {
  const { body } = m.world.chats.get(chatId);
  const answer =
    body.kind === 'tree' ? [...body.messages.values()].find(({ role }) => role === 'assistant') : undefined;
  return m.world.chats.rate(chatId, answer!.id, rating, { comment }).id;
}

describe('feedback', () => {
  const mirroring = useMirroring();

  for (const version of SAMPLE_VERSIONS) {
    it(`of Open WebUI ${version} is mirrored, follows changes and outlives its user and chat`, async () => {
      const m = await mirroring(version).start();
      const bob = m.addUser('bob', 2);
      const eve = m.addUser('eve', 1);
      m.at(-86_400, () => bob.chatIds.forEach((id) => rate(m, id, 1)));
      const run = await m.sync({ kind: 'full' });
      assert.deepEqual([run.status, run.error], ['ok', undefined]);
      assert.deepEqual(await m.rows('SELECT rating, score, count(*) FROM feedback GROUP BY 1, 2'), [
        [1, 9, 2],
      ]);

      rate(m, bob.chatIds[0]!, -1, 'Wrong');
      rate(m, eve.chatIds[0]!, 1);
      m.world.deleteUser(bob.id);
      assert.equal((await m.sync()).status, 'ok');
      assert.deepEqual(await m.rows('SELECT rating, comment, is_deleted FROM feedback ORDER BY 1, 2'), [
        [-1, 'Wrong', 0],
        [1, '', 0],
        [1, '', 0],
      ]);
      assert.equal(await m.count('users'), 2);
    });
  }

  it('costs one call when nothing changed, and as many pages as changes need', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 70);
    bob.chatIds.forEach((id, index) => m.at(-80_000 + index, () => rate(m, id, 1)));
    await m.sync({ kind: 'full' });
    assert.equal(feedbackCalls(m).length, 1 + 3);
    await m.sync();
    assert.equal(feedbackCalls(m).length, 1);
    rate(m, bob.chatIds[3]!, -1);
    await m.sync();
    assert.equal(feedbackCalls(m).length, 2);
    assert.equal(await m.count('feedback', 'rating = -1'), 1);
  });

  it('by deleted users, which no list shows, is read once and one by one', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    m.at(-86_400, () => bob.chatIds.forEach((id) => rate(m, id, 1)));
    m.world.deleteUser(bob.id);
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('feedback'), 2);
    await m.sync();
    assert.equal(feedbackCalls(m).length, 1);
  });

  it('that cannot be read at all is told, and not tried again before the next full sync', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    const id = m.at(-86_400, () => rate(m, bob.chatIds[0]!, 1));
    m.world.deleteUser(bob.id);
    const takeBack = m.server.fail(
      `${FEEDBACK}feedback/${id}`,
      { kind: 'reply', status: 500, body: 'Internal Server Error' },
      100,
    );
    const first = await m.sync({ kind: 'full' });
    assert.deepEqual([first.status, first.counts.quarantined], ['ok', 1]);
    assert.ok(first.notes.some(({ code }) => code === 'feedbackUnreadable'));
    await m.sync();
    assert.equal(feedbackCalls(m).length, 1);
    takeBack();
    await m.sync({ kind: 'full' });
    assert.equal(await m.count('feedback'), 1);
    const later = await m.sync();
    assert.ok(!later.notes.some(({ code }) => code === 'feedbackUnreadable'));
  });

  it('that is gone by id and by its own address is marked', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 3);
    const [id] = m.at(-86_400, () => bob.chatIds.map((chatId) => rate(m, chatId, 1)));
    await m.sync({ kind: 'full' });
    const left = m.world.chats.feedback().filter((row) => row.id !== id);
    m.server.fail(
      /feedbacks\/all\/ids/,
      { kind: 'rewrite', change: (rows) => (rows as { id: string }[]).filter((row) => row.id !== id) },
      1,
    );
    assert.equal((await m.sync()).counts.deleted, 0);
    m.world.chats.feedback = () => left;
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 1]);
    assert.equal(await m.count('feedback'), 2);
  });
});
