import assert from 'node:assert/strict';
import { requestCancel } from '../../../../src/store/locks/cancelRequest';
import { PublishConflictError } from '../../../../src/store/errors';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';
import { acquireSyncLock, lockOwner } from '../../../../src/store/locks/syncLock';
import { SyncBusyError } from '../../../../src/sync/engine/coordinatorTypes';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import { SyncCoordinator } from '../../../../src/sync/engine/syncCoordinator';
import type { SyncEvent } from '../../../../src/sync/engine/syncTypes';
import { FAST, inProcessWriter, useMirroring, type Mirroring } from './harness';

const MANUAL = { kind: 'incremental', trigger: 'manual' } as const;
const TIMER = { kind: 'incremental', trigger: 'schedule' } as const;
const CHAT = '/api/v1/chats/share/';

describe('SyncCoordinator', () => {
  const mirroring = useMirroring();

  function coordinatorOf(
    m: Mirroring,
    changes: Partial<ConstructorParameters<typeof SyncCoordinator>[0]> = {},
  ) {
    return new SyncCoordinator({
      openWriter: () => inProcessWriter(m.folder, m.clock),
      openDryWriter: () => inProcessWriter(m.folder, m.clock, { isDryRun: true }),
      reconcileHours: () => 24,
      salt: () => Promise.resolve('salt'),
      locker: createFolderLocker(m.folder, 'test'),
      credentials: { get: () => Promise.resolve(m.credential) },
      clock: m.clock,
      log: m.log,
      policy: () => FAST,
      clientVersion: 'test',
      ...changes,
    });
  }

  /** Resolves with the first event that `matches`. */
  function nextEvent(
    coordinator: SyncCoordinator,
    matches: (event: SyncEvent) => boolean,
  ): Promise<SyncEvent> {
    return new Promise((resolve) => {
      const subscription = coordinator.onEvent((event) => {
        if (matches(event)) {
          subscription.dispose();
          resolve(event);
        }
      });
    });
  }

  it('tells how far it is, with real counts', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 12);
    await m.sync({ kind: 'full' });
    const progress = m.events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
    assert.equal(progress[0]?.phase, 'queued');
    const chats = progress.filter(({ phase }) => phase === 'chats');
    assert.deepEqual([chats.at(-1)?.done, chats.at(-1)?.total], [12, 12]);
    assert.equal(m.events.at(-1)?.type, 'finished');
    assert.deepEqual(m.coordinator.running(), []);
  });

  it('syncs two instances at a time and queues the others', async () => {
    const m = await mirroring().start();
    const instances = [1, 2, 3].map((id) => ({ ...m.instance, id, name: `Instance ${id}` }));
    let most = 0;
    m.coordinator.onEvent(() => {
      const busy = m.coordinator.running().filter(({ phase }) => phase !== 'queued').length;
      most = Math.max(most, busy);
    });
    const runs = await m.coordinator.sync(instances, { kind: 'full', trigger: 'manual' });
    assert.deepEqual(
      runs.map(({ instanceId, status }) => [instanceId, status]),
      [
        [1, 'ok'],
        [2, 'ok'],
        [3, 'ok'],
      ],
    );
    assert.equal(most, 2);
    assert.equal(await m.count('users'), 3);
  });

  it('joins a run that is already under way', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 3);
    const [first, second] = await Promise.all([
      m.coordinator.sync([m.instance], MANUAL),
      m.coordinator.sync([m.instance], MANUAL),
    ]);
    assert.equal(first[0]?.runId, second[0]?.runId);
    assert.equal(await m.count('sync_runs'), 1);
  });

  it('runs a full sync after an incremental one that is under way', async () => {
    const m = await mirroring().start();
    await m.sync({ kind: 'full' });
    const runs = await Promise.all([
      m.coordinator.sync([m.instance], MANUAL),
      m.coordinator.sync([m.instance], { kind: 'full', trigger: 'manual' }),
    ]);
    assert.deepEqual(
      runs.flat().map(({ kind, status }) => [kind, status]),
      [
        ['incremental', 'ok'],
        ['full', 'ok'],
      ],
    );
  });

  it('cancels without waiting for an answer, keeps and publishes what was fetched', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 10);
    m.server.fail(
      ({ path }) => path.startsWith(CHAT) && m.server.requests.length > 12,
      { kind: 'hang' },
      100,
    );
    const work = m.coordinator.sync([m.instance], { kind: 'full', trigger: 'manual' });
    await nextEvent(
      m.coordinator,
      (event) => event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done >= 2,
    );
    await m.coordinator.cancel(1);
    const [run] = await work;
    assert.equal(run?.status, 'cancelled');
    assert.ok((await m.count('chats')) >= 2);
    assert.deepEqual(await m.rows('SELECT status FROM sync_runs'), [['cancelled']]);
  });

  it('is cancelled by the signal of who asked', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail(CHAT, { kind: 'hang' }, 10);
    const abort = new AbortController();
    const work = m.coordinator.sync([m.instance], MANUAL, abort.signal);
    await nextEvent(m.coordinator, (event) => event.type === 'progress' && event.progress.phase === 'chats');
    abort.abort();
    assert.equal((await work)[0]?.status, 'cancelled');
  });

  it('is cancelled by another process', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail(CHAT, { kind: 'hang' }, 10);
    const work = m.coordinator.sync([m.instance], MANUAL);
    await nextEvent(m.coordinator, (event) => event.type === 'progress' && event.progress.phase === 'chats');
    await requestCancel(m.folder, lockOwner(m.folder)!.id, 1);
    assert.equal((await work)[0]?.status, 'cancelled');
  });

  it('records a run that was cancelled while it waited for its turn', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail(CHAT, { kind: 'hang' }, 10);
    const instances = [1, 2, 3].map((id) => ({ ...m.instance, id, name: `Instance ${id}` }));
    const work = m.coordinator.sync(instances, MANUAL);
    await nextEvent(m.coordinator, (event) => event.type === 'progress' && event.progress.phase === 'chats');
    await m.coordinator.cancel(3);
    await m.coordinator.cancel();
    const runs = await work;
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['cancelled', 'cancelled', 'cancelled'],
    );
    assert.equal(runs[2]?.requests, 0);
    assert.equal(await m.count('sync_runs', "status = 'cancelled'"), 3);
  });

  it('frees the lock when nothing runs any more', async () => {
    const m = await mirroring().start();
    await m.sync();
    assert.equal(lockOwner(m.folder), undefined);
    assert.equal((await m.sync()).status, 'ok');
  });

  describe('while another process syncs', () => {
    const holder = { runId: 'theirs', pid: 1, startedAt: 0 };
    const busy = {
      tryAcquire: () => Promise.resolve({ acquired: false as const, holder }),
      requestCancel: () => Promise.resolve(),
    };

    it('says so to a person', async () => {
      const m = await mirroring().start();
      const coordinator = coordinatorOf(m, { locker: busy });
      await assert.rejects(coordinator.sync([m.instance], MANUAL), (error) => {
        assert.ok(error instanceof SyncBusyError);
        assert.deepEqual(error.holder, holder);
        return true;
      });
    });

    it('skips the timer’s run without a word', async () => {
      const m = await mirroring().start();
      const coordinator = coordinatorOf(m, { locker: busy });
      assert.deepEqual(await coordinator.sync([m.instance], TIMER), []);
      assert.equal(m.server.requests.length, 0);
    });

    it('asks that process to cancel', async () => {
      const m = await mirroring().start();
      const asked: (number | undefined)[] = [];
      const locker = { ...busy, requestCancel: (id?: number) => Promise.resolve(void asked.push(id)) };
      await coordinatorOf(m, { locker }).cancel(7);
      assert.deepEqual(asked, [7]);
    });
  });

  it('skips the timer’s run when another window has just done it', async () => {
    const m = await mirroring().start();
    const coordinator = coordinatorOf(m, { isStillDue: () => Promise.resolve(false) });
    assert.deepEqual(await coordinator.sync([m.instance], TIMER), []);
    assert.equal(lockOwner(m.folder), undefined);
    assert.equal((await coordinator.sync([m.instance], MANUAL))[0]?.status, 'ok');
  });

  it('leaves the lock when nobody can tell whether the timer’s run is due', async () => {
    const m = await mirroring().start();
    const coordinator = coordinatorOf(m, { isStillDue: () => Promise.reject(new Error('unreadable')) });
    await assert.rejects(coordinator.sync([m.instance], TIMER), /unreadable/);
    assert.equal(lockOwner(m.folder), undefined);
  });

  it('goes by the instances as they are once the lock is its own', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    const asked = [m.instance, { ...m.instance, id: 2, name: 'Removed meanwhile' }];
    const instances = () => Promise.resolve([{ ...m.instance, privacy: 'names' as const }]);
    const runs = await coordinatorOf(m, { instances }).sync(asked, MANUAL);
    assert.deepEqual(
      runs.map(({ instanceId, status }) => [instanceId, status]),
      [[1, 'ok']],
    );
    assert.deepEqual(await m.rows('SELECT title FROM chats'), [[null]]);
  });

  it('says what to do where the mirror holds more than the privacy mode allows', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    await m.sync();
    m.privacy = 'names';
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode], ['failed', 'notPurged']);
    assert.match(run.error ?? '', /FASGPT holds more .* Change the privacy mode again/);
  });

  it('does not join a run that is being cancelled', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    const { coordinator } = m;
    const started = nextEvent(coordinator, (event) => event.type === 'progress');
    const first = coordinator.sync([m.instance], MANUAL);
    await started;
    const cancelled = coordinator.cancel(m.instance.id);
    const second = coordinator.sync([m.instance], MANUAL);
    await cancelled;
    assert.deepEqual([(await first)[0]?.status, (await second)[0]?.status], ['cancelled', 'ok']);
  });

  it('starts over on the newest database when somebody else published', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    let opened = 0;
    const openWriter = async (): Promise<MirrorWriter> => {
      const writer = await inProcessWriter(m.folder, m.clock);
      opened += 1;
      return opened > 1
        ? writer
        : new Proxy(writer, {
            get: (target, name, receiver) =>
              name === 'publish'
                ? () => Promise.reject(new PublishConflictError())
                : (Reflect.get(target, name, receiver) as unknown),
          });
    };
    const [run] = await coordinatorOf(m, { openWriter }).sync([m.instance], MANUAL);
    assert.deepEqual([run?.status, opened], ['ok', 2]);
    assert.equal(await m.count('chats'), 2);
    assert.deepEqual(await m.rows('SELECT run_id, status FROM sync_runs'), [[run?.runId, 'ok']]);
  });

  it('gives up with a failed run when the database can never be written', async () => {
    const m = await mirroring().start();
    const openWriter = async (): Promise<MirrorWriter> => {
      const writer = await inProcessWriter(m.folder, m.clock);
      return new Proxy(writer, {
        get: (target, name, receiver) =>
          name === 'publish'
            ? () => Promise.reject(new PublishConflictError())
            : (Reflect.get(target, name, receiver) as unknown),
      });
    };
    const [run] = await coordinatorOf(m, { openWriter }).sync([m.instance], MANUAL);
    assert.deepEqual([run?.status, run?.errorCode], ['failed', 'writerLost']);
    const lock = await acquireSyncLock(m.folder, { version: 'test' });
    assert.equal(lock.status, 'acquired');
  });

  it('rejects, with the lock freed, when the database cannot be opened', async () => {
    const m = await mirroring().start();
    const openWriter = () => Promise.reject(new Error('unreadable'));
    await assert.rejects(coordinatorOf(m, { openWriter }).sync([m.instance], MANUAL), /unreadable/);
    assert.equal(lockOwner(m.folder), undefined);
  });
});
