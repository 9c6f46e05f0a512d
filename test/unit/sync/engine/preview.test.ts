import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockOwner } from '../../../../src/store/locks/syncLock';
import { PREVIEWED_ROWS } from '../../../../src/sync/engine/coordinatorTypes';
import { useMirroring, type Mirroring } from './harness';

const MANUAL = { kind: 'incremental', trigger: 'manual' } as const;

/** Every file of a folder with its bytes. */
function contentOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

async function previewOf(m: Mirroring, request: Parameters<typeof m.coordinator.preview>[1] = MANUAL) {
  const [preview] = await m.coordinator.preview([m.instance], request);
  assert.ok(preview);
  return preview;
}

describe('a preview', () => {
  const mirroring = useMirroring();

  async function changed(): Promise<Mirroring> {
    const m = await mirroring('0.9.6').start();
    const bob = m.addUser('bob', 5);
    m.addUser('eve', 2);
    await m.sync({ kind: 'full' });
    m.clock.seconds += 3_600;
    m.world.chats.addTurn(bob.chatIds[0]!, { answers: [{ model: 'gpt-x' }] });
    m.world.chats.remove(bob.chatIds[1]!);
    m.world.chats.add(bob.id, { title: 'Brand new' });
    m.world.users.add({ name: 'Zoe', email: 'zoe@example.org' });
    return m;
  }

  it('changes no byte of the folder, takes no lock and sends no events', async () => {
    const m = await changed();
    const before = contentOf(m.folder);
    m.events.length = 0;
    await previewOf(m);
    assert.deepEqual(contentOf(m.folder), before);
    assert.equal(lockOwner(m.folder), undefined);
    assert.deepEqual(m.events, []);
    assert.deepEqual(m.coordinator.running(), []);
  });

  it('tells what the sync after it then does, row by row', async () => {
    const m = await changed();
    const { run, changes, instanceName } = await previewOf(m);
    assert.equal(instanceName, 'FASGPT');
    const rows = changes.map(({ stream, change, label }) => `${stream} ${change} ${label ?? ''}`.trim());
    assert.ok(rows.includes('chats inserted Brand new'), rows.join('\n'));
    assert.ok(rows.includes('users inserted Zoe'), rows.join('\n'));
    assert.ok(rows.includes('chats deleted Chat 1'), rows.join('\n'));
    const real = await m.sync();
    assert.deepEqual(real.counts, run.counts);
    assert.deepEqual(
      real.streams.map(({ stream, counts }) => [stream, counts]),
      run.streams.map(({ stream, counts }) => [stream, counts]),
    );
    assert.deepEqual([run.status, run.kind, run.walk], [real.status, real.kind, real.walk]);
  });

  it('of a first sync is a full one, and lists only some of many rows', async () => {
    const m = await mirroring().start();
    m.addUser('bob', PREVIEWED_ROWS + 10);
    const { run, changes } = await previewOf(m);
    assert.deepEqual([run.kind, run.walk, run.status], ['full', 'complete', 'ok']);
    assert.equal(changes.filter(({ stream }) => stream === 'chats').length, PREVIEWED_ROWS);
    assert.equal(run.streams.find(({ stream }) => stream === 'chats')?.counts.inserted, PREVIEWED_ROWS + 10);
    assert.deepEqual([...contentOf(m.folder).keys()], []);
  });

  it('of deletions that were held back says what agreeing would do', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 60);
    await m.sync({ kind: 'full' });
    bob.chatIds.slice(0, 40).forEach((chatId) => m.world.chats.remove(chatId));
    assert.equal((await m.sync({ walk: 'complete' })).counts.heldBack, 40);
    const { run } = await previewOf(m, { ...MANUAL, acceptMassDeletion: true });
    assert.equal(run.streams.find(({ stream }) => stream === 'chats')?.counts.deleted, 40);
    assert.equal(await m.count('chats'), 60);
  });

  it('is told of a server that cannot be asked', async () => {
    const m = await changed();
    m.credential = { kind: 'apiKey', value: 'sk-wrong' };
    const { run } = await previewOf(m);
    assert.deepEqual([run.status, run.errorCode], ['failed', 'keyRejected']);
  });

  it('ends with the signal’s reason when it is cancelled', async () => {
    const m = await changed();
    const takeBack = m.server.fail('/api/v1/chats/list/', { kind: 'hang' }, 10);
    const abort = new AbortController();
    const work = m.coordinator.preview([m.instance], MANUAL, abort.signal);
    setImmediate(() => abort.abort(new Error('enough')));
    await assert.rejects(work, /enough/);
    takeBack();
    assert.equal((await m.sync()).status, 'ok');
  });

  it('can be made while a sync runs', async () => {
    const m = await changed();
    const [preview, runs] = await Promise.all([previewOf(m), m.coordinator.sync([m.instance], MANUAL)]);
    assert.deepEqual([preview.run.status, runs[0]?.status], ['ok', 'ok']);
  });

  it('of several instances comes one after the other, in the given order', async () => {
    const m = await changed();
    const instances = [m.instance, { ...m.instance, id: 2, name: 'RESGPT' }];
    const previews = await m.coordinator.preview(instances, MANUAL);
    assert.deepEqual(
      previews.map(({ instanceName, run }) => [instanceName, run.kind]),
      [
        ['FASGPT', 'incremental'],
        ['RESGPT', 'full'],
      ],
    );
  });
});
