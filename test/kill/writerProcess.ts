// A process that writes to a mirror, over and over, until it is killed or kills itself at a failpoint. It tells what was
// acknowledged, a line each.
import { appendFileSync, existsSync, writeSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { injectFaults, type Failpoint, type FileStep } from '../../src/store/files/failpoints';
import { dataFolderAt } from '../../src/store/files/dataFolder';
import { generationName, newestGeneration } from '../../src/store/files/fileGeneration';
import { addInstance } from '../../src/store/instances/instancesFile';
import { PublishConflictError } from '../../src/store/errors';
import { acquireSyncLock, type SyncLock } from '../../src/store/locks/syncLock';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { begin, chat, exchange, fetched, NOON, openMirror, runEnd, user } from '../unit/store/builders';
import { KILL_LIMITS, secretOf, type Orders } from './orders';

const { folder, name, startedAt, isAlone, isWithoutLinks, point, hit } = JSON.parse(
  process.argv[2] ?? '',
) as Orders;

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

let hitsLeft = hit;

function dieAt(reached: Failpoint): void {
  if (reached === point && --hitsLeft === 0) {
    say(`at ${reached}`);
    process.kill(process.pid, 'SIGKILL');
  }
}

function refuseLinks(step: FileStep): void {
  if (step === 'link' && isWithoutLinks) {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  }
}

injectFaults({ at: dieAt, before: refuseLinks });

/** One whole sync; what it wrote may be lost to a faster writer only by a conflict. */
function publishUser(mirror: MirrorDatabase, userId: string, content: string): number {
  const run = begin(mirror, `run-of-${userId}`);
  mirror.applyUsers(run, [user(userId)]);
  const messages = exchange(userId).map((message) => ({ ...message, content }));
  mirror.applyChat(run, fetched(chat(`chat-of-${userId}`, { userRemoteId: userId, messages })));
  mirror.endRun(runEnd({ runId: run }));
  return mirror.publish().generation;
}

/** What a process does in turn; each step is done again after a conflict. */
const steps: readonly ((mirror: MirrorDatabase, number: number) => unknown)[] = [
  (mirror, number) => {
    const userId = `${name}-${number}`;
    say(`user ${userId} ${publishUser(mirror, userId, userId.repeat(2_000))}`);
  },
  async (_mirror, number) => {
    const { name: added } = await addInstance(folder, {
      name: `${name}-${number}`,
      url: 'https://chat.example.com',
    });
    say(`instance ${added}`);
  },
  (mirror) => mirror.refreshCopies(),
  (mirror, number) => publishUser(mirror, `${name}-victim-${number}`, secretOf(name, number).repeat(500)),
  () => {
    const { fixedName } = dataFolderAt(folder);
    if (isAlone && existsSync(fixedName)) {
      appendFileSync(fixedName, 'edited');
      say('edit');
    }
  },
  (mirror) => mirror.refreshCopies(),
  // The newest state itself, so that what was acknowledged before still has to be there.
  async (mirror) => {
    const { generations } = dataFolderAt(folder);
    if (isAlone) {
      await mirror.restore(`db/${generationName(newestGeneration(generations))}`);
    }
  },
  async (mirror, number) => {
    say('purging');
    await mirror.erasePerson(1, `${name}-victim-${number}`);
    say(`erased ${name}-victim-${number} ${secretOf(name, number)}`);
  },
];

/** Alone, since nobody may wait for a lock here. */
async function takeLock(): Promise<SyncLock | undefined> {
  if (!isAlone) {
    return undefined;
  }
  const result = await acquireSyncLock(folder, { version: '0.1.0', beatMs: 1 });
  return result.status === 'acquired' ? result.lock : undefined;
}

async function main(): Promise<void> {
  // Each copy of an edited file gets a name of its own, as it does where people edit: not twice within a second.
  const now = (): number => NOON + Math.floor((Date.now() - startedAt) / 10);
  const open = (): Promise<MirrorDatabase> => openMirror(folder, { shardLimits: KILL_LIMITS, now });
  let mirror = await open();
  for (let number = 1; ; number++) {
    const lock = await takeLock();
    for (let step = 0; step < steps.length;) {
      try {
        await steps[step]?.(mirror, number);
        step++;
      } catch (error) {
        if (!(error instanceof PublishConflictError)) {
          throw error;
        }
        mirror.close();
        mirror = await open();
      }
      await breathe();
    }
    await lock?.release();
  }
}

void main();
