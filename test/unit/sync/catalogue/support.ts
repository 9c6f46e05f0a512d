import assert from 'node:assert/strict';
import { turnHostile, type HostileName } from '../../../../src/sample/hostile/catalogue';
import type { RunSummary, StreamResult } from '../../../../src/store/runs';
import { NEVER_MS, type Mirroring } from '../engine/harness';

export const CHAT = '/api/v1/chats/share/';
export const LIST = '/api/v1/chats/list/user/';
export const TIMER = { trigger: 'schedule' } as const;
export const FULL = { kind: 'full' } as const;

type Aim = Parameters<typeof turnHostile>[2];

/** Makes the mirrored server hostile. @returns ends it */
export function hostile(m: Mirroring, name: HostileName, aim?: Aim): () => void {
  return turnHostile(m.server, name, aim);
}

/** One user "bob" with so many chats of one turn each, mirrored in full. */
export async function mirrored(
  m: Mirroring,
  chats: number,
): Promise<{ readonly id: string; readonly chatIds: readonly string[] }> {
  await m.start();
  const bob = m.addUser('bob', chats);
  const run = await m.sync(FULL);
  assert.equal(run.status, 'ok', run.error);
  return bob;
}

/** Living users, chats and messages of the mirror. */
export async function living(m: Mirroring): Promise<readonly number[]> {
  return Promise.all(['users', 'chats', 'message'].map((table) => m.count(table)));
}

/** What the timer of a window makes of it right now; undefined: it leaves the server alone. */
export async function byTimer(m: Mirroring): Promise<RunSummary | undefined> {
  m.server.clearRequests();
  const [run] = await m.coordinator.sync([m.instance], { kind: 'incremental', trigger: 'schedule' });
  return run;
}

export function streamOf(run: RunSummary, name: string): StreamResult {
  const found = run.streams.find(({ stream }) => stream === name);
  assert.ok(found, `the run says nothing about ${name}`);
  return found;
}

/** Requests of the last run whose path begins so. */
export function callsTo(m: Mirroring, path: string): number {
  return m.requests.filter((request) => request.startsWith(path)).length;
}

/** A sentence for people: names the server, is filled in and whole, and says each of these. */
export function assertTells(m: Mirroring, message: string | undefined, ...parts: readonly RegExp[]): void {
  assert.ok(message !== undefined, 'nothing is told');
  assert.ok(message.includes(new URL(m.server.url).host) || message.includes('FASGPT'), message);
  assert.doesNotMatch(message, /[{}]|undefined|\[object/);
  assert.match(message, /\.$/);
  for (const part of parts) {
    assert.match(message, part);
  }
}

export function noteOf(run: RunSummary, code: string): string | undefined {
  return run.notes.find((note) => note.code === code)?.message;
}

/** The waits that the client asked for while `work` ran, in ms. Time-outs do not pass. */
export function watchWaits(m: Mirroring): readonly number[] {
  const waits: number[] = [];
  m.clock.realWait = (ms) => {
    if (ms === m.policy.timeoutMs) {
      return NEVER_MS;
    }
    waits.push(ms);
    return 0;
  };
  return waits;
}
