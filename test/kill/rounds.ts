import type { SeededRandom } from '../../src/sample/random';
import { FAILPOINTS, type Failpoint } from '../../src/store/files/failpoints';

/** One process of a round: it ends at its failpoint, or else when its time is over. */
export interface RoundWriter {
  readonly point?: Failpoint | undefined;
  readonly hit: number;
  readonly lifetimeMs: number;
}

/** Processes that run at once on one folder. */
export interface Round {
  readonly writers: readonly RoundWriter[];
  readonly isWithoutLinks: boolean;
}

const ROUNDS_PER_FOLDER = 6;
/** Of so many folders, one is as on a file system without hard links. */
const FOLDERS_PER_TURN = 5;

/** Only a process that nobody disturbs comes there for certain. */
const ALONE = /^(?:lock:.*|copy:.*|purge:.*|restore:.*|publish:dailyCopied)$/u;

/** A round may end at any of them. */
export const KILLED_AT = Object.keys(FAILPOINTS) as readonly Failpoint[];

/**
 * Plans folders of rounds: by turns one writer and three, each failpoint at least once in thirty rounds, and kills at
 * random in between.
 */
export function planRounds(count: number, random: SeededRandom): Round[][] {
  const alone = turns(KILLED_AT.filter((point) => ALONE.test(point)));
  const together = turns(KILLED_AT.filter((point) => !ALONE.test(point)));
  const rounds = Array.from({ length: count }, (_, index): Round => {
    const folder = Math.floor(index / ROUNDS_PER_FOLDER);
    const writers = index % 2 === 0 ? [alone()] : [together(), together(), undefined];
    return {
      isWithoutLinks: folder % FOLDERS_PER_TURN === FOLDERS_PER_TURN - 1,
      writers: writers.map((point) => ({
        point,
        hit: random.integer(1, 2),
        lifetimeMs: random.integer(150, 700),
      })),
    };
  });
  return Array.from({ length: Math.ceil(count / ROUNDS_PER_FOLDER) }, (_, folder) =>
    rounds.slice(folder * ROUNDS_PER_FOLDER, (folder + 1) * ROUNDS_PER_FOLDER),
  );
}

/** One after the other, then a kill at random, and again. */
function turns(of: readonly Failpoint[]): () => Failpoint | undefined {
  let next = 0;
  return () => of[next++ % (of.length + 1)];
}
