// A process that holds the lock and has a person in memory; told to, it beats or publishes. It says what came of both.
import { writeSync } from 'node:fs';
import { mock } from 'node:test';
import { acquireSyncLock, BEAT_MS } from '../../../../src/store/locks/syncLock';
import { openMirror } from '../builders';
import { writePerson } from './operations';

const [folder = ''] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function main(): Promise<void> {
  // It is never stopped in the middle of a beat.
  mock.timers.enable({ apis: ['setInterval'] });
  await acquireSyncLock(folder, { version: '0.1.0', onLost: () => say('lost') });
  const mirror = await openMirror(folder);
  writePerson(mirror, 'slow');
  say('ready');
  process.stdin.on('data', (order) => {
    if (String(order) === 'beat\n') {
      mock.timers.tick(BEAT_MS);
      return;
    }
    try {
      mirror.publish();
      say('published');
    } catch (error) {
      say(error instanceof Error ? error.name : String(error));
    }
  });
}

void main();
