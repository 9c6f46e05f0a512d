import assert from 'node:assert/strict';
import { completedAt, dueInstances, newestEnd, observeTick } from '../../../../src/sync/schedule/ticks';
import { localTimeIn } from '../../../../src/store/localTime';
import { SyncBusyError } from '../../../../src/sync/engine/coordinatorTypes';
import { nextDue } from '../../../../src/sync/schedule/nextDue';
import type { Schedule } from '../../../../src/sync/schedule/schedule';
import { anInstance, aRun } from '../../extension/builders';
import { useMirroring } from '../engine/harness';
import { callsTo, CHAT, FULL, hostile, living, mirrored, noteOf, TIMER } from './support';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHTLY: Schedule = { kind: 'daily', at: '02:00' };
const MARK = "SELECT mark_epoch FROM sync_state WHERE stream = 'chats' AND scope = ''";

describe('The failure catalogue: time', () => {
  const mirroring = useMirroring();

  it('case 22: a skewed clock is measured and told; marks are the server’s time', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 1);
    hostile(m, 'clock skew');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.skewMs], ['ok', 3_600_000]);
    assert.match(noteOf(run, 'clockSkew') ?? '', /60 minutes ahead.*set the clock that is wrong\.$/);
    assert.deepEqual(await m.rows(MARK), [[m.clock.seconds + 3_600]]);
    assert.deepEqual(await m.rows('SELECT skew_ms FROM sync_runs'), [[3_600_000]]);
  });

  it('case 22: changes are found while the clock is wrong, and after it was set right', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 2);
    const end = hostile(m, 'clock skew');
    m.world.chats.addTurn(chatIds[0]!);
    await m.sync();
    assert.deepEqual(await living(m), [2, 2, 6]);
    m.world.chats.addTurn(chatIds[1]!);
    end();
    await m.sync();
    m.clock.seconds -= 3_000;
    m.world.chats.addTurn(chatIds[1]!);
    await m.sync();
    assert.deepEqual(await living(m), [2, 2, 10]);
  });

  it('case 22: some minutes are not worth a word', async () => {
    const m = mirroring();
    await m.start();
    m.world.skew = 299;
    assert.equal(noteOf(await m.sync(FULL), 'clockSkew'), undefined);
  });

  it('case 23: an item of the future is kept and shown, and never moves the mark', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 2);
    hostile(m, 'future-dated item', { chatId: chatIds[0]! });
    await m.sync();
    const updatedAt = m.world.chats.get(chatIds[0]!).updatedAt;
    assert.ok(updatedAt > m.clock.seconds + 29 * 86_400);
    assert.equal(await m.count('chats', `is_deleted = 0 AND updated_at_epoch = ${updatedAt}`), 1);
    assert.deepEqual(await m.rows(MARK), [[m.clock.seconds]]);
    m.world.chats.addTurn(chatIds[1]!);
    const run = await m.sync();
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('message'), 8);
    assert.ok(callsTo(m, CHAT) <= 2);
  });

  it('case 24: two changes within one second, a sync between them: both are there', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 1);
    m.clock.seconds += 3_600;
    const second = m.clock.seconds;
    m.world.chats.addTurn(chatIds[0]!);
    m.clock.seconds = second - 3_600;
    await m.sync();
    assert.equal(m.clock.seconds, second);
    assert.equal(await m.count('message'), 4);
    m.world.chats.addTurn(chatIds[0]!);
    assert.equal(m.world.chats.get(chatIds[0]!).updatedAt, second, 'the time did not move');
    await m.sync();
    assert.equal(await m.count('message'), 6);
    m.clock.seconds += 3_600;
    await m.sync();
    const run = await m.sync();
    assert.deepEqual([callsTo(m, CHAT), run.counts.updated], [0, 0], 'then it has settled');
  });

  it('case 25: daily at 02:00 is once per local date, also when 02:00 is skipped or comes twice', () => {
    const dueAfter = (zone: string, last: string): string => {
      const lastCompletedAt = Date.parse(last);
      const due = nextDue(NIGHTLY, { zone, now: lastCompletedAt, lastCompletedAt, jitterId: 'instance 1' });
      return new Date(due ?? 0).toISOString();
    };
    assert.equal(dueAfter('America/New_York', '2026-03-07T12:00:00Z'), '2026-03-08T07:00:00.000Z');
    assert.equal(dueAfter('America/New_York', '2026-03-08T07:00:01Z'), '2026-03-09T06:00:00.000Z');
    assert.equal(dueAfter('Europe/Berlin', '2026-10-24T12:00:00Z'), '2026-10-25T00:00:00.000Z');
    assert.equal(dueAfter('Europe/Berlin', '2026-10-25T00:00:01Z'), '2026-10-26T01:00:00.000Z');
  });

  it('case 25: the epoch is the truth; the local text of two hours may be the same', () => {
    const berlin = localTimeIn('Europe/Berlin');
    const [first, second] = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(
      (text) => Date.parse(text) / 1000,
    );
    assert.equal(berlin(first!).text, '2026-10-25 02:30:00');
    assert.equal(berlin(second!).text, '2026-10-25 02:30:00');
    assert.notEqual(first, second);
  });

  it('case 25: intervals count from the end of the last completed run', () => {
    const runs = [
      aRun({ status: 'interrupted', startedAt: 9_000, finishedAt: 9_500 }),
      aRun({ status: 'ok', startedAt: 1_000, finishedAt: 5_000 }),
    ];
    const last = newestEnd(completedAt(runs), 9_600_000);
    assert.equal(last, 5_000_000);
    const due = nextDue(
      { kind: 'hourly' },
      { zone: 'UTC', now: 9_600_000, lastCompletedAt: last, jitterId: 'i' },
    );
    assert.ok(due !== undefined && Math.abs(due - (5_000_000 + HOUR)) <= 0.1 * HOUR);
  });

  it('case 26: after a sleep there is a pause and then one catch-up, however many were missed', () => {
    const asleep = 3 * DAY;
    const now = 10 * DAY;
    const before = observeTick({ quietUntil: 0 }, now);
    const woke = observeTick(before, now + asleep);
    assert.ok(woke.quietUntil >= now + asleep + 10_000 && woke.quietUntil <= now + asleep + 30_000);
    const schedule: Schedule = { kind: 'everyMinutes', minutes: 30 };
    const facts = { zone: 'UTC', jitterId: 'instance 1' };
    const due = nextDue(schedule, { ...facts, now: now + asleep, lastCompletedAt: now });
    const instance = anInstance({ id: 1 });
    assert.equal(dueInstances([instance], new Map([[1, due ?? 0]]), new Map(), now + asleep).length, 1);
    const caughtUp = now + asleep + MINUTE;
    const next = nextDue(schedule, { ...facts, now: caughtUp, lastCompletedAt: caughtUp });
    assert.ok(next !== undefined && next >= caughtUp + 27 * MINUTE);
  });

  it('case 26: usual ticks are no sleep', () => {
    const first = observeTick({ quietUntil: 0 }, DAY);
    assert.equal(observeTick(first, DAY + 31_000).quietUntil, 0);
  });

  it('case 27: a clock that was set back postpones nothing by more than one interval', () => {
    const now = 100 * DAY;
    for (const ahead of [MINUTE, DAY, 400 * DAY]) {
      const facts = { zone: 'UTC', jitterId: 'instance 1', now, lastCompletedAt: now + ahead };
      const due = nextDue({ kind: 'hourly' }, facts);
      assert.ok(due !== undefined && due <= now + 1.1 * HOUR);
    }
  });

  it('case 27: runs keep their order and no duration is negative when the clock is set back', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    m.server.fail('/api/v1/users/', {
      kind: 'meanwhile',
      act: () => {
        m.clock.seconds -= 2 * 86_400;
      },
    });
    const during = await m.sync();
    assert.equal(during.status, 'ok');
    assert.ok((during.durationMs ?? -1) >= 0, `${during.durationMs} ms`);
    const after = await m.sync();
    assert.equal(after.status, 'ok');
    const rows = await m.rows('SELECT run_id FROM sync_runs ORDER BY id');
    assert.deepEqual(
      rows.slice(1).map(([id]) => id),
      [during.runId, after.runId],
    );
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 27: changes are found after the clock was set back', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 2);
    m.clock.seconds -= 2 * 86_400;
    m.world.chats.addTurn(chatIds[0]!);
    await m.sync();
    assert.equal(await m.count('message'), 6);
  });

  it('case 28: instances are spread by a tenth of their interval, each always in the same way', () => {
    const now = 50 * DAY;
    const dueOf = (id: number): number =>
      nextDue({ kind: 'hourly' }, { zone: 'UTC', now, lastCompletedAt: now, jitterId: `instance ${id}` }) ??
      0;
    const dues = Array.from({ length: 50 }, (_, id) => dueOf(id));
    assert.ok(dues.every((due) => Math.abs(due - now - HOUR) <= 0.1 * HOUR + 1));
    assert.ok(new Set(dues).size > 40);
    assert.ok(Math.max(...dues) - Math.min(...dues) > 0.1 * HOUR);
    assert.deepEqual(
      dues,
      Array.from({ length: 50 }, (_, id) => dueOf(id)),
    );
  });

  it('case 28: while one window syncs, another one’s timer does nothing and its user is told', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    const abort = new AbortController();
    const asked = new Promise<void>((resolve) => {
      const isAsked = (): boolean => {
        resolve();
        return true;
      };
      m.server.fail(isAsked, { kind: 'hang' }, Infinity);
    });
    m.clock.realWait = () => 60_000; // The other window takes a while to be sure that this one lives.
    const sync = m.sync({}, abort.signal);
    await asked;
    m.restart();
    const byTimer = m.coordinator.sync([m.instance], { kind: 'full', ...TIMER });
    m.restart();
    const byHand = m.coordinator.sync([m.instance], { kind: 'full', trigger: 'manual' });
    await assert.rejects(byHand, (error) => {
      assert.ok(error instanceof SyncBusyError);
      assert.match(error.message, /Another window is syncing\. Wait for it, or cancel it there\./);
      return true;
    });
    assert.deepEqual(await byTimer, []);
    assert.equal(m.requests.length, 1, 'the other window asked the server nothing');
    abort.abort();
    assert.equal((await sync).status, 'cancelled');
    assert.deepEqual(await living(m), [2, 2, 4]);
  });
});
