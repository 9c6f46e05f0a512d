import fc from 'fast-check';
import { play, sequences } from './sequence';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 50);
const SEED = Number(process.env['MODEL_SEED'] ?? 20_250_916);
/** Looks for a shorter sequence that fails as well; takes minutes. */
const isShrinking = process.env['MODEL_SHRINK'] === '1';

describe('the mirror of a server to which anything may happen', function () {
  this.timeout(isShrinking ? 0 : 240_000);

  for (let run = 0; run < RUNS; run += 1) {
    const seed = SEED + run;
    // Again alone: MODEL_SEED=<seed> MODEL_RUNS=1, and MODEL_SHRINK=1 for a shorter one.
    it(`is the server in the end (MODEL_SEED=${seed})`, () =>
      fc.assert(fc.asyncProperty(sequences, play), { seed, numRuns: 1, endOnFailure: !isShrinking }));
  }
});
