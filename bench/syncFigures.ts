import { times, type Figure } from './figures';
import type { Mirror } from './mirror';
import type { ServersProcess } from './serversProcess';

const CHANGED_SHARE = 0.05;
const MOST_CALLS_UNCHANGED = 0.03;

/**
 * A full sync, `betweenSyncs` on its result, an incremental sync with nothing changed, and one after some chats changed;
 * all with the promised 50 ms between requests, two instances at a time.
 */
export async function measureSyncs(
  mirror: Mirror,
  servers: ServersProcess,
  add: (figure: Figure) => void,
  betweenSyncs: () => Promise<void>,
): Promise<void> {
  const data = sizeInWords(servers);
  const full = await measured(servers, () => mirror.sync('full'));
  add({ name: 'full sync', value: full.ms / 1000, unit: 's', data });
  add({ name: 'full sync, calls', value: full.calls, unit: 'calls', data });

  await betweenSyncs();

  const unchanged = await measured(servers, () => mirror.sync('incremental'));
  const share = times(unchanged.calls, full.calls);
  add({
    name: 'incremental sync, nothing changed',
    value: unchanged.ms / 1000,
    unit: 's',
    ratio: { to: 'full sync', value: times(unchanged.ms, full.ms) },
    data,
  });
  add({
    name: 'incremental sync, nothing changed, calls',
    value: unchanged.calls,
    unit: 'calls',
    ratio: { to: 'full sync, calls', value: share },
    goal: { text: `at most ${MOST_CALLS_UNCHANGED}x`, isMet: share <= MOST_CALLS_UNCHANGED },
    data,
  });

  const chats = await servers.change(CHANGED_SHARE);
  const changed = await measured(servers, () => mirror.sync('incremental'));
  const changedData = `${data}; ${chats} chats changed`;
  add({
    name: 'incremental sync, 5 % changed',
    value: changed.ms / 1000,
    unit: 's',
    ratio: { to: 'full sync', value: times(changed.ms, full.ms) },
    data: changedData,
  });
  add({
    name: 'incremental sync, 5 % changed, calls',
    value: changed.calls,
    unit: 'calls',
    ratio: { to: 'full sync, calls', value: times(changed.calls, full.calls) },
    data: changedData,
  });
}

async function measured(
  servers: ServersProcess,
  work: () => Promise<number>,
): Promise<{ readonly ms: number; readonly calls: number }> {
  const before = await servers.requests();
  const ms = await work();
  return { ms, calls: (await servers.requests()) - before };
}

/** `3 instances, 113 users, 1,360 chats, 3,635 messages` */
export function sizeInWords({ servers }: Pick<ServersProcess, 'servers'>): string {
  const sum = (key: 'users' | 'chats' | 'messages'): string =>
    `${servers.reduce((total, server) => total + server[key], 0).toLocaleString('en-US')} ${key}`;
  const count = servers.length === 1 ? '1 instance' : `${servers.length} instances`;
  return [count, sum('users'), sum('chats'), sum('messages')].join(', ');
}
