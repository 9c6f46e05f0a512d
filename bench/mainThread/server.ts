import { generateCompany, type CompanySize } from '../../src/sample/company/company';
import { startSampleServer } from '../../src/sample/server';
import type { SampleVersion } from '../../src/sample/versions';

/** What the server's process is started with, as JSON in its first argument. */
export interface BenchServerOptions extends CompanySize {
  readonly version: SampleVersion;
}

export type BenchServerRequest =
  /** Adds a turn to this share (0 to 1) of the chats. */
  { readonly type: 'change'; readonly share: number } | { readonly type: 'stop' };

export type BenchServerReply =
  | { readonly type: 'started'; readonly url: string; readonly apiKey: string }
  | { readonly type: 'changed'; readonly chats: number };

/** The history ends before the slack that incremental syncs look back. */
const QUIET_SECONDS = 3_600;

const secondsNow = (): number => Math.floor(Date.now() / 1000);

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as BenchServerOptions;
  const now = secondsNow() - QUIET_SECONDS;
  const world = generateCompany({ name: 'mainthread', ...options, now, clock: secondsNow });
  const { url, apiKey } = await startSampleServer({ world });
  const reply = (message: BenchServerReply): void => {
    process.send?.(message);
  };
  process.on('message', (request: BenchServerRequest) => {
    if (request.type === 'stop') {
      process.exit(0);
    }
    const step = Math.round(1 / request.share);
    const chosen = world.chats
      .all()
      .filter(({ body }, index) => index % step === 0 && body.kind === 'tree')
      .map(({ id }) => world.chats.addTurn(id));
    reply({ type: 'changed', chats: chosen.length });
  });
  process.on('disconnect', () => process.exit(0));
  reply({ type: 'started', url, apiKey });
}

void main();
