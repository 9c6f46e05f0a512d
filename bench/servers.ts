import { COMPANIES, generateCompany, type CompanyName } from '../src/sample/company/company';
import { startSampleServer, type SampleServer } from '../src/sample/server';
import type { SampleWorld } from '../src/sample/world';

/** What the bench asks of the servers' process. */
export type ServersRequest =
  | { readonly type: 'count' }
  /** Adds a turn to this share (0 to 1) of each server's chats. */
  | { readonly type: 'change'; readonly share: number }
  | { readonly type: 'stop' };

/** One sample server and the size of its company. */
export interface ServerInfo {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
}

export type ServersReply =
  | { readonly type: 'started'; readonly servers: readonly ServerInfo[] }
  /** Requests so far, by server. */
  | { readonly type: 'counted'; readonly requests: readonly number[] }
  | { readonly type: 'changed'; readonly chats: number };

/** The history ends before the slack that incremental syncs look back. */
const QUIET_SECONDS = 3_600;

const secondsNow = (): number => Math.floor(Date.now() / 1000);

async function start(name: CompanyName): Promise<SampleServer> {
  const now = secondsNow() - QUIET_SECONDS;
  // No growth: "nothing changed" must be true.
  return startSampleServer({ world: generateCompany({ name, ...COMPANIES[name], now, clock: secondsNow }) });
}

function change(world: SampleWorld, share: number): number {
  const chats = world.chats.all();
  const step = Math.round(1 / share);
  const chosen = chats.filter((chat, index) => index % step === 0 && chat.body.kind === 'tree');
  for (const { id } of chosen) {
    world.chats.addTurn(id);
  }
  return chosen.length;
}

async function main(): Promise<void> {
  const names = Object.keys(COMPANIES) as CompanyName[];
  const servers = await Promise.all(names.map(start));
  const reply = (message: ServersReply): void => {
    process.send?.(message);
  };
  process.on('message', (request: ServersRequest) => {
    switch (request.type) {
      case 'count':
        reply({ type: 'counted', requests: servers.map(({ requests }) => requests.length) });
        break;
      case 'change':
        reply({
          type: 'changed',
          chats: servers.reduce((sum, { world }) => sum + change(world, request.share), 0),
        });
        break;
      case 'stop':
        process.exit(0);
    }
  });
  process.on('disconnect', () => process.exit(0));
  reply({
    type: 'started',
    servers: servers.map(({ url, apiKey }, index) => {
      const name = names[index] ?? 'fasgpt';
      return { name, url, apiKey, ...COMPANIES[name] };
    }),
  });
}

void main();
