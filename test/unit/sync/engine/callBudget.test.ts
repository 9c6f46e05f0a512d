import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { useMirroring, type Mirroring } from './harness';

const BASES = 2;

/** 38 users with chats, groups, ratings and a library. */
function populate(m: Mirroring): void {
  const users = Array.from({ length: 37 }, (_, index) => m.addUser(`user${index}`, 2));
  m.at(-86_400, () => {
    const { library, users: people, chats } = m.world;
    ['Sales', 'Legal', 'Labs', 'All'].forEach((name, index) =>
      people.addGroup(
        name,
        users.slice(index * 5).map(({ id }) => id),
      ),
    );
    const [chatId] = users[0]!.chatIds;
    const { answers } = chats.addTurn(chatId!);
    chats.rate(chatId!, answers[0]!.id, 1);
    library.addProviderModel('gpt-x');
    library.addModel({ id: 'legal-bot', baseModelId: 'gpt-x' });
    for (let base = 0; base < BASES; base += 1) {
      library.addKnowledge({
        name: `Base ${base}`,
        fileIds: [library.addFile({ filename: `${base}.txt` }).id],
      });
    }
  });
}

describe('the calls of a sync that finds nothing changed, with 38 users', () => {
  const mirroring = useMirroring();

  for (const version of SAMPLE_VERSIONS) {
    it(`are few on Open WebUI ${version}`, async () => {
      const m = await mirroring(version).start();
      populate(m);
      await m.sync({ kind: 'full' });

      const manual = await m.sync();
      assert.equal(manual.status, 'ok');
      assert.ok(m.requests.length <= 15 + BASES, m.requests.join('\n'));

      await m.sync({ trigger: 'schedule' });
      assert.ok(m.requests.length <= 10, m.requests.join('\n'));
      m.clock.seconds += 6 * 3_600;
      for (let run = 0; run < 4; run += 1) {
        const scheduled = await m.sync({ trigger: 'schedule' });
        assert.deepEqual([scheduled.status, scheduled.walk], ['ok', 'active']);
        assert.ok(m.requests.length <= 10, m.requests.join('\n'));
      }
    });
  }
});
