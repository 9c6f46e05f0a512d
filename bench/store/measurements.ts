import { median, type Figure } from '../figures';
import type { BuiltMirror } from './builtMirrors';
import type { CaseName } from './caseProcess';
import type { CaseRunner } from './caseRunner';
import type { CaseInput, Measured } from './measured';
import { SIZES, type SizeName } from './sizes';

/** How often each side of a ratio is measured. */
const PROCESSES: Readonly<Record<SizeName, number>> = { S: 5, M: 5, L: 3 };

/** What all figures of one size are made with. */
export interface Bench {
  readonly size: SizeName;
  readonly mirror: BuiltMirror;
  readonly add: (figure: Omit<Figure, 'data'>) => void;
  /** Medians over several processes for each of the cases, the cases taking turns. */
  readonly measure: <N extends CaseName>(
    names: readonly N[],
    input?: Partial<CaseInput>,
  ) => Promise<Readonly<Record<N, Measured>>>;
}

export function benchOf(
  runner: CaseRunner,
  size: SizeName,
  mirror: BuiltMirror,
  show: (figure: Figure) => void,
): Bench {
  const { users, chats, messages } = SIZES[size];
  const [u, c, m] = [users, chats, messages].map((count) => count.toLocaleString('en-US'));
  const data = `${size}: ${u} users, ${c} chats, ${m} messages`;
  return {
    size,
    mirror,
    add: (figure) => {
      show({ ...figure, data });
    },
    measure: async (names, input = {}) => {
      const runs = new Map<string, Measured[]>(names.map((name) => [name, []]));
      for (let process = 0; process < PROCESSES[size]; process++) {
        for (const name of names) {
          runs.get(name)?.push(await runner.measure(name, { ...mirror.input, ...input }));
        }
      }
      return Object.fromEntries([...runs].map(([name, all]) => [name, medians(all)])) as never;
    },
  };
}

function medians(runs: readonly Measured[]): Measured {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? NaN))]));
}

/** A number that was measured. @throws Error when the case did not measure it */
export function numberIn(measured: Measured, name: string): number {
  const value = measured[name];
  if (value === undefined) {
    throw new Error(`"${name}" was not measured`);
  }
  return value;
}

/** A goal that a figure must not exceed. */
export function atMost(limit: number, value: number, unit: string): NonNullable<Figure['goal']> {
  return { text: `at most ${limit} ${unit}`, isMet: value <= limit };
}
