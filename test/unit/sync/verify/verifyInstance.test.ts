import assert from 'node:assert/strict';
import { COMPANIES, generateCompany } from '../../../../src/sample/company/company';
import { ensureSalt } from '../../../../src/store/instances/instancesFile';
import { verifyInstance, type VerifyOptions } from '../../../../src/sync/verify/verifyInstance';
import type { VerifyReport } from '../../../../src/sync/verify/verifyTypes';
import { inProcessWriter, useMirroring, type Mirroring } from '../engine/harness';

const CHAT = '/api/v1/chats/share/';

function verify(m: Mirroring, options: VerifyOptions = {}): Promise<VerifyReport> {
  m.server.clearRequests();
  return verifyInstance(
    {
      openDryWriter: () => inProcessWriter(m.folder, m.clock, { isDryRun: true }),
      salt: () => ensureSalt(m.folder),
      credentials: { get: () => Promise.resolve(m.credential) },
      clock: m.clock,
      log: m.log,
      policy: () => m.policy,
      clientVersion: 'test',
    },
    m.instance,
    { random: () => 0.5, ...options },
  );
}

const told = ({ differences }: VerifyReport): readonly string[] =>
  differences.map(({ stream, kind, label, remoteId }) => `${stream} ${kind} ${label ?? remoteId}`).sort();

describe('comparing a mirror with its server', () => {
  const mirroring = useMirroring();

  for (const version of ['0.5.20', '0.6.36', '0.9.6', '0.12.4'] as const) {
    it(`(${version}) finds nothing after a full sync`, async () => {
      const m = await mirroring(version, (options) =>
        generateCompany({ ...COMPANIES.fasgpt, ...options }),
      ).start();
      await m.sync({ kind: 'full' });
      const report = await verify(m);
      assert.deepEqual(told(report), []);
      assert.equal(report.sampledChats, 20);
      for (const { stream, server, mirror, problem } of report.areas) {
        assert.deepEqual([stream, server, problem], [stream, mirror, undefined]);
      }
      assert.equal(report.areas.find(({ stream }) => stream === 'users')?.server, 38);
      assert.equal(report.areas.find(({ stream }) => stream === 'chats')?.sampledUsers, 15);
      assert.equal(report.requests, m.server.requests.length);
      assert.ok(report.requests < 70, String(report.requests));
    });
  }

  it('compares the chats of all users when asked to', async () => {
    const m = await mirroring('0.12.4', (options) =>
      generateCompany({ ...COMPANIES.fasgpt, ...options }),
    ).start();
    await m.sync({ kind: 'full' });
    const chats = (await verify(m, { sample: 'all' })).areas.find(({ stream }) => stream === 'chats');
    assert.deepEqual(chats, {
      stream: 'chats',
      server: 482,
      mirror: 482,
      sampledUsers: undefined,
      problem: undefined,
    });
  });

  async function mirrored(): Promise<Mirroring & { bob: ReturnType<Mirroring['addUser']> }> {
    const m = await mirroring('0.9.6').start();
    const bob = m.addUser('bob', 4);
    m.at(-86_400, () => {
      const { library, users } = m.world;
      users.addGroup('Legal', [bob.id]);
      const file = library.addFile({ filename: 'a.txt' });
      library.setKnowledgeFiles(library.addKnowledge({ name: 'Rules' }).id, [file.id]);
      library.addModel({ id: 'helper', name: 'Helper' });
    });
    await m.sync({ kind: 'full' });
    m.clock.seconds += 3_600;
    return Object.assign(m, { bob });
  }

  it('names everything that is on the server alone', async () => {
    const m = await mirrored();
    const { users, chats, library } = m.world;
    users.add({ name: 'Zoe', email: 'zoe@example.org' });
    users.addGroup('Sales', []);
    chats.add(m.bob.id, { title: 'Brand new' });
    library.addFile({ filename: 'b.txt' });
    library.addKnowledge({ name: 'News' });
    library.addModel({ id: 'other', name: 'Other' });
    assert.deepEqual(told(await verify(m)), [
      'chats missing Brand new',
      'files missing b.txt',
      'groups missing Sales',
      'knowledge_bases missing News',
      'models missing Other',
      'users missing Zoe',
    ]);
  });

  it('names everything that is in the mirror alone', async () => {
    const m = await mirrored();
    const { chats, library } = m.world;
    const [file] = library.files();
    const [base] = library.knowledge();
    const [model] = library.models();
    const removed = m.bob.chatIds[0]!;
    chats.remove(removed);
    library.removeFile(file!.id);
    library.removeKnowledge(base!.id);
    library.removeModel(model!.id);
    assert.deepEqual(told(await verify(m)), [
      `chats gone ${removed}`,
      `files gone ${file!.id}`,
      `knowledge_bases gone ${base!.id}`,
      `models gone ${model!.id}`,
    ]);
    const { id } = m.world.users.add({ name: 'Max', email: 'max@example.org' });
    await m.sync();
    m.world.deleteUser(id);
    assert.ok(told(await verify(m)).includes(`users gone ${id}`));
  });

  it('finds chats whose time or title is another one', async () => {
    const m = await mirrored();
    m.world.chats.addTurn(m.bob.chatIds[0]!);
    m.world.chats.rename(m.bob.chatIds[1]!, 'Renamed');
    assert.deepEqual(told(await verify(m)), ['chats differs Chat 0', 'chats differs Renamed']);
  });

  it('finds what moved no time, by looking at whole chats', async () => {
    const m = await mirrored();
    const chat = m.world.chats.get(m.bob.chatIds[2]!);
    assert.ok(chat.body.kind !== 'raw');
    const [message] = [...chat.body.messages.values()];
    Object.assign(message!, { content: 'Something else' });
    const report = await verify(m);
    assert.deepEqual(told(report), ['messages differs Chat 2']);
    assert.equal(report.sampledChats, 4);
  });

  it('finds ratings on one side only', async () => {
    const m = await mirrored();
    const chat = m.world.chats.get(m.bob.chatIds[0]!);
    assert.ok(chat.body.kind !== 'raw');
    const answer = [...chat.body.messages.values()].find(({ role }) => role === 'assistant');
    m.world.chats.rate(chat.id, answer!.id, 1);
    assert.ok(told(await verify(m)).some((line) => line.startsWith('feedback missing')));
  });

  it('tells deletions that wait for a person apart from differences', async () => {
    const m = await mirroring('0.9.6').start();
    const bob = m.addUser('bob', 60);
    await m.sync({ kind: 'full' });
    bob.chatIds.slice(0, 40).forEach((chatId) => m.world.chats.remove(chatId));
    await m.sync({ walk: 'complete' });
    const report = await verify(m);
    assert.deepEqual(told(report), []);
    const chats = report.areas.find(({ stream }) => stream === 'chats');
    assert.deepEqual([chats?.server, chats?.mirror], [20, 60]);
    assert.match(chats?.problem ?? '', /^40 deletions were held back\./);
  });

  it('says what may not be read, and compares the rest', async () => {
    const m = await mirrored();
    m.server.fail('/api/v1/files/', { kind: 'reply', status: 403, body: { detail: 'no' } }, 100);
    m.server.fail('/api/v1/chats/list/', { kind: 'reply', status: 500, body: 'oops' }, 100);
    m.world.users.add({ name: 'Zoe', email: 'zoe@example.org' });
    const report = await verify(m);
    assert.deepEqual(told(report), ['users missing Zoe']);
    const area = (name: string) => report.areas.find(({ stream }) => stream === name);
    assert.deepEqual([area('files')?.server, area('files')?.mirror], [undefined, 1]);
    assert.match(area('files')?.problem ?? '', /administrator/);
    assert.deepEqual([area('chats')?.server, area('chats')?.mirror], [undefined, 4]);
    assert.equal(report.sampledChats, 0);
  });

  it('counts sampled chats that cannot be fetched as a problem, not as a difference', async () => {
    const m = await mirrored();
    m.server.fail(CHAT + m.bob.chatIds[0]!, { kind: 'reply', status: 500, body: 'oops' }, 100);
    const report = await verify(m);
    assert.deepEqual(told(report), []);
    assert.equal(report.sampledChats, 3);
    assert.match(report.areas.find(({ stream }) => stream === 'messages')?.problem ?? '', /^1 chat /);
  });

  it('fails when the server cannot be asked at all', async () => {
    const m = await mirrored();
    m.credential = { kind: 'apiKey', value: 'sk-wrong' };
    await assert.rejects(verify(m), { code: 'keyRejected' });
  });

  it('leaves no trace: no run, no file, no mark', async () => {
    const m = await mirrored();
    const before = await m.rows('SELECT run_id FROM sync_runs');
    m.world.chats.addTurn(m.bob.chatIds[0]!);
    await verify(m);
    assert.deepEqual(await m.rows('SELECT run_id FROM sync_runs'), before);
    assert.equal((await m.sync({ walk: 'complete' })).counts.updated > 0, true);
  });

  it('(counts) names nobody by the server’s id, whatever fails', async () => {
    const m = await mirroring('0.9.6').start();
    m.privacy = 'counts';
    const bob = m.addUser('bob', 1);
    await m.sync();
    m.server.fail('/api/v1/chats/list/', { kind: 'reply', status: 500, body: 'oops' }, 100);
    const report = await verify(m);
    assert.match(report.areas.find(({ stream }) => stream === 'chats')?.problem ?? '', /list\/user\/person-/);
    assert.equal(JSON.stringify(report).includes(bob.id), false);
  });

  for (const privacy of ['names', 'pseudonyms', 'counts'] as const) {
    it(`(${privacy}) shows no name or title that the mirror does not hold`, async () => {
      const m = await mirroring('0.9.6').start();
      m.privacy = privacy;
      const bob = m.addUser('bob', 2);
      await m.sync({ kind: 'full' });
      assert.deepEqual(told(await verify(m)), []);
      m.world.users.add({ name: 'Zoe', email: 'zoe@example.org' });
      m.world.chats.add(bob.id, { title: 'Brand new' });
      m.world.library.addFile({ filename: 'b.txt' });
      const report = await verify(m);
      assert.equal(report.differenceCount, 3);
      const text = JSON.stringify(report);
      assert.ok(!text.includes('Brand new'));
      assert.equal(text.includes('Zoe') || text.includes('b.txt'), privacy === 'names');
    });
  }
});
