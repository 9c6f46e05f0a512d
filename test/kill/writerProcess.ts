// A process that publishes one user with a chat after the other until it is killed, and tells what was acknowledged.
import { writeSync } from 'node:fs';
import { PublishConflictError } from '../../src/store/mirrorWriter';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { begin, chat, exchange, fetched, openMirror, runEnd, user } from '../unit/store/builders';

const [folder = '', writerName = ''] = process.argv.slice(2);

/** One whole sync; what it wrote may be lost to a faster writer only by a conflict. */
function publishUser(mirror: MirrorDatabase, userId: string): number {
  const run = begin(mirror, `run-of-${userId}`);
  mirror.applyUsers(run, [user(userId)]);
  const content = userId.repeat(2_000);
  const messages = exchange(userId).map((message) => ({ ...message, content }));
  mirror.applyChat(run, fetched(chat(`chat-of-${userId}`, { userRemoteId: userId, messages })));
  mirror.endRun(runEnd({ runId: run }));
  const { generation } = mirror.publish();
  return generation;
}

async function main(): Promise<void> {
  let mirror = await openMirror(folder);
  for (let number = 1; ;) {
    const userId = `${writerName}-${number}`;
    try {
      const generation = publishUser(mirror, userId);
      writeSync(1, `${userId} ${generation}\n`);
      number++;
      if (number % 3 === 0) {
        mirror.refreshCopies();
      }
    } catch (error) {
      if (!(error instanceof PublishConflictError)) {
        throw error;
      }
      mirror.close();
      mirror = await openMirror(folder);
    }
  }
}

void main();
