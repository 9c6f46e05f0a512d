// Random histories and rounds of several processes until the time is over; `npm run test:soak` runs it.
import fc from 'fast-check';
import { parseArgs } from 'node:util';
import { play, sequences } from '../unit/sync/model/sequence';
import { playWindows } from './windows';

const DEFAULT_MINUTES = 10;
const SEQUENCES_A_TURN = 40;
const ROUND_SECONDS = 45;

/** What the soak has done so far. */
const total = { sequences: 0, rounds: 0, syncs: 0, killed: 0, requests: 0, failed: 0 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: String(DEFAULT_MINUTES) }, seed: { type: 'string' } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) {
    throw new Error(`--minutes takes a number above 0; "${values.minutes}" is none.`);
  }
  let seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const end = Date.now() + minutes * 60_000;
  while (Date.now() < end) {
    for (let turn = 0; turn < SEQUENCES_A_TURN && Date.now() < end; turn += 1) {
      await playSequence(seed++);
    }
    if (Date.now() < end) {
      await playRound(seed++);
    }
  }
  const { sequences: histories, rounds, syncs, killed, requests, failed } = total;
  console.log(
    `soak: ${histories} histories; ${rounds} rounds of windows with ${syncs} syncs, ${killed} of them killed, ` +
      `${requests} requests; ${failed} failed`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

async function playSequence(seed: number): Promise<void> {
  total.sequences += 1;
  try {
    await fc.assert(fc.asyncProperty(sequences, play), { seed, numRuns: 1, endOnFailure: true });
  } catch (error) {
    tell(
      `A history failed. Again: MODEL_SEED=${seed} MODEL_RUNS=1 npx mocha test/unit/sync/model/model.test.ts`,
      error,
    );
  }
}

async function playRound(seed: number): Promise<void> {
  total.rounds += 1;
  try {
    const { syncs, killed, requests } = await playWindows(seed, ROUND_SECONDS);
    total.syncs += syncs;
    total.killed += killed;
    total.requests += requests;
  } catch (error) {
    tell(`A round of windows failed. Alike: npm run test:soak -- --seed=${seed}`, error);
  }
}

function tell(sentence: string, error: unknown): void {
  total.failed += 1;
  console.error(sentence);
  console.error(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
