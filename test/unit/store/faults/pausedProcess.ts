// A process that holds the lock and has a person in memory; told to, it publishes. It says what came of both.
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireSyncLock } from '../../../../src/store/locks/syncLock';
import { openMirror } from '../builders';
import { writePerson } from './operations';

const BEAT_MS = 1_000;
const [folder = ''] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function main(): Promise<void> {
  await acquireSyncLock(folder, { version: '0.1.0', beatMs: BEAT_MS, onLost: () => say('lost') });
  const mirror = await openMirror(folder);
  writePerson(mirror, 'slow');
  // A beat was due while the mirror was opened; the next one is far away now.
  await delay(BEAT_MS / 10);
  say('ready');
  process.stdin.on('data', () => {
    try {
      mirror.publish();
      say('published');
    } catch (error) {
      say(error instanceof Error ? error.name : String(error));
    }
  });
}

void main();
