import assert from 'node:assert/strict';
import { secretName } from '../../../../src/extension/instances/credentialRecord';
import { startSampleServer } from '../../../../src/sample/server';
import { SampleWorld } from '../../../../src/sample/world';
import { useMirroring } from '../engine/harness';
import {
  assertTells,
  byTimer,
  callsTo,
  CHAT,
  FULL,
  hostile,
  living,
  mirrored,
  noteOf,
  streamOf,
  TIMER,
} from './support';

const MODELS = '/api/v1/models/export';

describe('The failure catalogue: keys and rights', () => {
  const mirroring = useMirroring();

  it('case 1: 401 on a listing that the list of users confirms stops the run, and the timer with it', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    const before = await living(m);
    hostile(m, 'key rejected');
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, run.retries], ['failed', 'keyRejected', 0]);
    assertTells(m, run.error, /rejects the key/, /Enter a new one/);
    assert.ok(m.requests.length <= 3, m.requests.join());
    assert.deepEqual(await living(m), before);
    m.clock.seconds += 30 * 60;
    assert.equal(await byTimer(m), undefined);
    assert.equal(m.requests.length, 0);
  });

  it('case 1: 401 on one listing is not believed while the users can still be listed', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, 'one 401 that is not meant');
    const run = await m.sync();
    assert.equal(run.status, 'partial');
    assert.deepEqual(
      ['models', 'files', 'knowledge_bases'].map((name) => streamOf(run, name).status),
      ['failed', 'ok', 'ok'],
    );
    assert.equal(callsTo(m, MODELS), 1, 'it is not repeated');
    assert.equal(callsTo(m, '/api/v1/users/?'), 1, 'one call confirms the key');
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 1: a key that was switched off everywhere says whom to ask', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    hostile(m, 'keys switched off');
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode], ['failed', 'apiKeysOff']);
    assertTells(m, run.error, /API keys are switched off/, /Ask its administrator/);
    assert.deepEqual(await living(m), [2, 1, 2]);
  });

  it('case 2: 401 on one item is no sign-out, and no deletion while its list shows it', async () => {
    const m = mirroring();
    const { id, chatIds } = await mirrored(m, 3);
    m.world.chats.addTurn(chatIds[0]!);
    hostile(m, 'item gone looks like 401', { at: CHAT + chatIds[0]! });
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted, run.counts.quarantined], ['ok', 0, 0]);
    assert.equal(callsTo(m, CHAT + chatIds[0]!), 1);
    assert.deepEqual(await living(m), [2, 3, 6]);
    m.world.users.markActive(id);
    await m.sync();
    assert.equal(callsTo(m, CHAT + chatIds[0]!), 1, 'it is tried again');
  });

  it('case 2: 401 on one item that its list does not show any more confirms that it is gone', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[0]!);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 1]);
    assert.equal(callsTo(m, CHAT + chatIds[0]!), 1);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  for (const [name, code, next] of [
    ['listing refused', 'forbidden', /Ask its administrator/],
    ['endpoint not on the list', 'endpointNotAllowed', /Ask its administrator to allow/],
  ] as const) {
    it(`case 3: ${name}: the stream is skipped, told, and tried by the timer once a day; its rows stay`, async () => {
      const m = mirroring();
      m.at(-86_400, () => m.world.library.addModel({ id: 'legal-bot', baseModelId: 'gpt-x' }));
      await mirrored(m, 1);
      hostile(m, name);
      const run = await m.sync();
      assert.deepEqual([run.status, streamOf(run, 'models').status], ['partial', 'skipped']);
      assert.equal(streamOf(run, 'models').errorCode, code);
      assertTells(m, streamOf(run, 'models').error, /\/api\/v1\/models\/export/, next);
      assert.equal(callsTo(m, MODELS), 1);
      assert.deepEqual([streamOf(run, 'files').status, await m.count('models')], ['ok', 1]);

      for (let hour = 0; hour < 12; hour += 1) {
        await m.sync(TIMER);
        assert.equal(callsTo(m, MODELS), 0);
      }
      m.clock.seconds += 12 * 3_600;
      await m.sync(TIMER);
      assert.equal(callsTo(m, MODELS), 1);
      const later = await m.sync();
      assert.match(noteOf(later, 'streamUnreadable') ?? '', /^Models: unreadable for .*kept\.$/);
    });
  }

  it('case 15: the key of an account without rights ends the run and deletes nothing', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, "another user's key");
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.errorCode], ['failed', 'notAdmin']);
    assertTells(m, run.error, /not an administrator/, /Use an administrator’s key/);
    assert.ok(m.requests.length <= 3, m.requests.join());
    assert.deepEqual(await living(m), [2, 3, 6]);
    assert.equal(await m.count('held_deletions', '1'), 0);
  });

  it('case 15: the key of another administrator shows the same server and deletes nothing', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, "another administrator's key");
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['ok', 0, 0]);
    assert.deepEqual(await living(m), [3, 3, 6]);
  });

  it('case 15: of a deleted user’s chats nobody else’s are touched, and his account is not taken for a new one', async () => {
    const m = mirroring();
    const bob = await mirrored(m, 2);
    m.addUser('eve', 2);
    await m.sync();
    m.world.deleteUser(bob.id);
    const newBob = m.world.users.add({ name: 'bob', email: 'bob@example.org' });
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.heldBack], ['ok', 0]);
    assert.deepEqual(await living(m), [3, 2, 4]);
    assert.deepEqual(
      await m.rows("SELECT remote_id, is_deleted FROM users WHERE email = 'bob@example.org' ORDER BY 2"),
      [
        [newBob.id, 0],
        [bob.id, 1],
      ],
    );
  });

  it('case 21: a key is bound to the origin that it was entered for', () => {
    const name = (url: string): string => secretName({ id: 1, url });
    const typed = name('https://chat.example.org/ui/');
    assert.equal(name('https://chat.example.org'), typed);
    for (const other of [
      'http://chat.example.org',
      'https://chat.example.org:8443',
      'https://chat.example.org.evil.example',
      'https://evil.example/chat.example.org',
    ]) {
      assert.notEqual(name(other), typed);
    }
  });

  it('case 21: without a key of the new origin nothing is asked there', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    m.credential = undefined;
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, m.requests.length], ['failed', 'keyMissing', 0]);
    assertTells(m, run.error, /No key is stored/, /Enter one/);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 21: an address that leads to another server deletes nothing and says so', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    const world = new SampleWorld({ seed: 'elsewhere', clock: () => m.clock.seconds });
    world.users.add({ name: 'Other Admin', role: 'admin' });
    world.chats.add(world.users.add({ name: 'Somebody' }).id, { title: 'Elsewhere' });
    const other = await startSampleServer({ world });
    try {
      m.credential = { kind: 'apiKey', value: other.apiKey };
      const moved = { ...m.instance, url: other.url };
      const [run] = await m.coordinator.sync([moved], { kind: 'incremental', trigger: 'manual' });
      assert.ok(run !== undefined);
      assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 2]);
      assert.match(noteOf(run, 'serverReplaced') ?? '', /another one.*kept\.$/);
      assert.equal(await m.count('chats', "is_deleted = 0 AND title LIKE 'Chat%'"), 2);
    } finally {
      await other.close();
    }
  });
});
