import assert from 'node:assert/strict';
import type { RunSummary } from '../../../../src/store/runs';
import { useMirroring, type Mirroring } from './harness';

const LIST = '/api/v1/chats/list/user/';
const GROUPS = '/api/v1/groups/';
const TIMER = { trigger: 'schedule' } as const;

function streamOf(run: RunSummary, name: string): RunSummary['streams'][number] | undefined {
  return run.streams.find(({ stream }) => stream === name);
}

function problems(m: Mirroring): Promise<unknown> {
  return m.rows(
    'SELECT stream, problem_code, problem_since_epoch FROM sync_state WHERE problem_code IS NOT NULL ORDER BY 1',
  );
}

describe('a stream that the server refuses', () => {
  const mirroring = useMirroring();

  it('keeps its rows, does not stop the others, and is remembered since when', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.server.setGates({ adminChatAccess: false });
    m.world.users.update(bob.id, { name: 'Robert' });
    m.world.library.addFile({ filename: 'a.txt' });
    const run = await m.sync();
    const since = m.clock.seconds;
    assert.deepEqual([run.status, streamOf(run, 'chats')?.status], ['partial', 'skipped']);
    assert.deepEqual(
      [await m.count('chats'), await m.count('files'), await m.count('users', "name = 'Robert'")],
      [2, 1, 1],
    );
    m.clock.seconds += 86_400;
    await m.sync();
    assert.deepEqual(await problems(m), [['chats', 'chatAccessOff', since]]);
  });

  it('is tried by the timer once a day, and told in between', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.server.setGates({ adminChatAccess: false });
    await m.sync(TIMER);
    assert.ok(m.requests.some((path) => path.startsWith(LIST)));
    const run = await m.sync(TIMER);
    assert.ok(!m.requests.some((path) => path.startsWith(LIST)));
    assert.deepEqual([run.status, streamOf(run, 'chats')?.errorCode], ['partial', 'chatAccessOff']);
    m.clock.seconds += 86_400;
    await m.sync(TIMER);
    assert.ok(m.requests.some((path) => path.startsWith(LIST)));
  });

  it('is tried each time that a person asks, and is itself again when that works', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.server.setGates({ adminChatAccess: false });
    await m.sync(TIMER);
    m.world.chats.addTurn(bob.chatIds[0]!);
    await m.sync();
    assert.ok(m.requests.some((path) => path.startsWith(LIST)));
    m.clock.seconds += 3 * 86_400;
    m.server.setGates({ adminChatAccess: true });
    const run = await m.sync();
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('message'), 6, 'what happened meanwhile is there');
    assert.deepEqual(await problems(m), []);
  });

  it('because its version lacks it is tried again with the next version', async () => {
    const m = await mirroring('0.9.6').start();
    const takeBack = m.server.fail(GROUPS, { kind: 'html' }, 100);
    const first = await m.sync({ kind: 'full' });
    const status = streamOf(first, 'groups')?.status;
    assert.ok(status === 'unsupported' || status === 'failed', status);
    takeBack();
    m.world.users.addGroup('Sales', []);
    await m.sync(TIMER);
    m.world.version = '0.12.4';
    m.clock.seconds += 7 * 3_600;
    await m.sync(TIMER);
    assert.equal(await m.count('user_groups'), 1);
  });

  it('for this key alone says so', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.setGates({ keyPaths: ['/api/version', '/api/v1/users', '/api/v1/chats', '/api/v1/models'] });
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'partial');
    assert.deepEqual(
      run.streams.map(({ stream, status }) => `${stream} ${status}`),
      [
        'users ok',
        'groups skipped',
        'chats ok',
        'messages ok',
        'feedback skipped',
        'models skipped',
        'files skipped',
        'knowledge_bases skipped',
      ],
    );
    assert.equal(await m.count('chats'), 1);
    assert.equal(((await problems(m)) as unknown[]).length, 5);
  });
});
