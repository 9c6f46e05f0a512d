import fc from 'fast-check';
import { useTemporaryFolder } from '../unit/store/builders';
import { play } from './support/history';
import { histories } from './support/historySteps';
import { useSchema } from './support/postgres';
import { startProxy, type TestProxy } from './support/proxy';

const RUNS = Number(process.env['HISTORY_RUNS'] ?? 6);
const SEED = Number(process.env['HISTORY_SEED'] ?? 20_261_130);

describe('A warehouse of a mirror to which anything may happen', function () {
  this.timeout(300_000);
  const root = useTemporaryFolder();
  const schema = useSchema();
  let proxy: TestProxy;
  beforeEach(async () => (proxy = await startProxy()));
  afterEach(() => proxy.close());

  for (let run = 0; run < RUNS; run += 1) {
    const seed = SEED + run;
    // Again alone: HISTORY_SEED=<seed> HISTORY_RUNS=1.
    it(`is the mirror and what it let go, after each push (HISTORY_SEED=${seed})`, () =>
      fc.assert(
        fc.asyncProperty(histories, (steps) => play({ root: root(), schema, proxy }, steps)),
        { seed, numRuns: 1, endOnFailure: true },
      ));
  }
});
