import { COMPANIES, type CompanyName, generateCompany } from '../../../src/sample/company/company';
import { messagesOf } from '../../../src/sample/messageTree';
import { type SampleServer, startSampleServer } from '../../../src/sample/server';
import type { SampleWorld } from '../../../src/sample/world';

const secondsNow = (): number => Math.floor(Date.now() / 1000);
const day = 86_400;

/**
 * One of the demo's companies as a server on loopback; it changes only when a test changes it.
 * @param options `latencyMs` delays each answer
 */
export function startCompany(
  name: CompanyName,
  options: { readonly latencyMs?: number } = {},
): Promise<SampleServer> {
  const now = Math.floor(secondsNow() / day) * day;
  const world = generateCompany({ name, ...COMPANIES[name], now, clock: secondsNow });
  return startSampleServer({ world, ...options });
}

/** What a server has right now: what a complete mirror of it holds. */
export function countsOf({ users, chats }: SampleWorld): { users: number; chats: number; messages: number } {
  const all = chats.all();
  const messages = all.reduce((sum, { body }) => sum + messagesOf(body).length, 0);
  return { users: users.all().length, chats: all.length, messages };
}
