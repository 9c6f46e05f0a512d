import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolderAt, ensureDataFolder } from '../../../../src/store/files/dataFolder';
import { watchDataFolder } from '../../../../src/store/files/folderWatcher';
import { GenerationStore } from '../../../../src/store/files/generationStore';
import { acquireSyncLock, type LockResult } from '../../../../src/store/locks/syncLock';
import { openMirror, useMirrors, useTemporaryFolder } from '../builders';
import { bundle } from '../bundle';
import { publishedNames, writePerson } from './operations';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('Several windows on one folder', () => {
  describe('a window without file events', () => {
    const root = useTemporaryFolder();
    afterEach(() => {
      mock.timers.reset();
    });

    it('case 48: sees what another published within 15 s', () => {
      const store = new GenerationStore(ensureDataFolder(root()));
      let seen = 0;
      mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
      const watcher = watchDataFolder(root(), () => (seen += 1));
      store.publish(Buffer.from('x'), 1, '2025-11-16');
      mock.timers.tick(15_000);
      watcher.dispose();
      assert.equal(seen, 1);
    });
  });

  describe('one that the system has stopped', () => {
    const mirrors = useMirrors();
    const base = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
    let child: ChildProcess | undefined;
    let program = '';
    let output = '';
    before(async function () {
      if (process.platform === 'win32') {
        this.skip();
      }
      const entry = { pausedProcess: 'test/unit/store/faults/pausedProcess.ts' };
      program = (await bundle(base, entry))('pausedProcess');
    });
    after(() => {
      rmSync(base, { recursive: true, force: true });
    });
    afterEach(async () => {
      if (child !== undefined) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
    });

    const says = (word: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(word)) {
            resolve();
          }
        };
        child?.stdout?.on('data', look);
        child?.once('exit', () => reject(new Error(`"${word}" is missing: ${output}`)));
        look();
      });

    it('case 46: blocks nobody, and overwrites nothing when it goes on', async () => {
      child = spawn(process.execPath, [program, mirrors.root()], { stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
      await says('ready');
      child.kill('SIGSTOP');
      const result = await acquireSyncLock(mirrors.root(), { version: '0.1.0', sleep: () => delay(1) });
      assert.ok(result.status === 'acquired');
      const mirror = await mirrors.open();
      writePerson(mirror, 'ann');
      mirror.publish();
      child.kill('SIGCONT');
      child.stdin?.write('beat\n');
      await says('lost');
      child.stdin?.write('publish\n');
      await says('PublishConflictError');
      await result.lock.release();
      assert.deepEqual(await publishedNames(mirrors.root()), ['ann']);
    });
  });

  describe('when the clock or the machine jumps', () => {
    const root = useTemporaryFolder();
    let beat = 0;
    beforeEach(() => {
      ensureDataFolder(root());
      beat = 0;
      writeLock();
    });
    function writeLock(): void {
      const content = { pid: process.pid, host: hostname(), start: 1, id: 'other', version: '0.1.0', beat };
      writeFileSync(dataFolderAt(root()).lock, JSON.stringify(content));
    }

    /** Polls a lock; `at` says by how much the clock jumps during a poll, besides the second that it takes. */
    const poll = async (
      at: (poll: number) => number,
      beatsAt?: number,
    ): Promise<{ readonly status: LockResult['status']; readonly polls: number }> => {
      let polls = 0;
      let time = Date.UTC(2025, 10, 16);
      const result = await acquireSyncLock(root(), {
        version: '0.1.0',
        now: () => time,
        sleep: () => {
          polls += 1;
          time += 1_000 + at(polls);
          if (polls === beatsAt) {
            beat += 1;
            writeLock();
          }
          return Promise.resolve();
        },
      });
      if (result.status === 'acquired') {
        await result.lock.release();
      }
      return { status: result.status, polls };
    };

    it('back an hour: nobody waits longer for a lock that is left', async () => {
      assert.deepEqual(await poll((number) => (number === 10 ? -HOUR_MS : 0)), {
        status: 'acquired',
        polls: 20,
      });
    });

    it('ahead a day: a lock that is left is taken all the same', async () => {
      const { status, polls } = await poll((number) => (number === 10 ? DAY_MS : 0));
      assert.equal(status, 'acquired');
      assert.equal(polls, 30, 'four beats after the jump');
    });

    it('case 46: a sleep of more than 2 minutes: a lock whose owner slept too is not stolen', async () => {
      const { status } = await poll((number) => (number === 19 ? 150_000 : 0), 24);
      assert.equal(status, 'held');
    });

    it('neither loses a publish nor keeps one back', async () => {
      let now = Date.UTC(2025, 10, 16) / 1000;
      const mirror = await openMirror(root(), { now: () => now });
      for (const [index, jump] of [0, -3_600, 86_400, -86_400 * 400].entries()) {
        now += jump;
        writePerson(mirror, `user-${index}`);
        assert.deepEqual(mirror.publish(), { generation: index + 1, published: true });
      }
      mirror.close();
      assert.equal((await publishedNames(root())).length, 4);
    });
  });
});
