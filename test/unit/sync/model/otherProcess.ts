import { begin, openMirror, runEnd, user } from '../../store/builders';

/** Publishes a user of instance 2, as a process does that does not mind the lock. @returns the user's remote id */
export async function publishElsewhere(folder: string, number: number): Promise<string> {
  const name = `other-${number}`;
  const mirror = await openMirror(folder, { zone: 'UTC' });
  try {
    const runId = begin(mirror, `run-of-${name}`, 2);
    mirror.applyUsers(runId, [user(name)]);
    mirror.endRun(runEnd({ runId }));
    mirror.publish();
  } finally {
    mirror.close();
  }
  return name;
}
