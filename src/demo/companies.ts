import { generateCompany, type CompanySize } from '../sample/company/company';
import { startSampleServer, type SampleServer } from '../sample/server';
import type { EpochSeconds } from '../store/records';

/** An invented company with a server of its own. */
export interface DemoCompany extends CompanySize {
  readonly name: string;
  /** Where its server would be: an address that nobody can have (RFC 2606). */
  readonly url: string;
}

/** Small enough for a click, large enough for every report. */
export const DEMO_COMPANIES: readonly DemoCompany[] = [
  { name: 'Demo Sales', url: 'https://chat.demo-sales.example', users: 38, chats: 482, messages: 1_245 },
  {
    name: 'Demo Research',
    url: 'https://chat.demo-research.example',
    users: 38,
    chats: 447,
    messages: 1_180,
  },
  { name: 'Demo Support', url: 'https://chat.demo-support.example', users: 37, chats: 431, messages: 1_210 },
];

/** A year until this moment. */
const HISTORY = { days: 365, endsNow: true } as const;

/** Starts the server of a company on loopback. @param now the end of its history */
export function startDemoServer(company: DemoCompany, now: EpochSeconds): Promise<SampleServer> {
  const { name, users, chats, messages } = company;
  const host = name.toLowerCase().replaceAll(' ', '-');
  const world = generateCompany({
    name: host,
    users,
    chats,
    messages,
    now,
    history: HISTORY,
    clock: () => now,
  });
  return startSampleServer({ world });
}
