import { times, type Figure } from '../figures';
import type { Question } from './measured';
import { atMost, numberIn, type Bench } from './measurements';
import { PROMISED_QUESTIONS, SCAN_QUESTIONS } from './questions';
import { first } from './readingCases';
import type { SizeName } from './sizes';

const REPETITIONS = 5;
const MB = 1e6;

type Limits = Readonly<Partial<Record<SizeName, number>>>;

/** Milliseconds that a question may take; sizes without one are measured all the same. */
const LIMITS = {
  open: { M: 300 },
  scan: { M: 1_000 },
  chat: { M: 10 },
  report: { M: 100, L: 1_000 },
  promised: { L: 1_200 },
} as const satisfies Readonly<Record<string, Limits>>;

function goalOf(limits: Limits, size: SizeName, ms: number): Pick<Figure, 'goal'> {
  const limit = limits[size];
  return limit === undefined ? {} : { goal: atMost(limit, ms, 'ms') };
}

/** A window's first question, and what the window then holds in memory. */
export async function openFigures({ size, measure, add }: Bench): Promise<void> {
  const { open, openNative, memory } = await measure(['open', 'openNative', 'memory']);
  const openMs = numberIn(open, 'openMs');
  const bytes = numberIn(open, 'generationBytes');
  add({
    name: 'opening the published database, with the start of the worker',
    value: openMs,
    unit: 'ms',
    ratio: {
      to: 'copying its bytes in memory',
      value: times(openMs, bytes / numberIn(memory, 'bytesPerMs')),
    },
    ...goalOf(LIMITS.open, size, openMs),
  });
  add({
    name: 'memory of the process that opened it',
    value: numberIn(open, 'rssMb'),
    unit: 'MB',
    ratio: { to: 'node:sqlite', value: times(numberIn(open, 'rssMb'), numberIn(openNative, 'rssMb')) },
  });
  add({ name: 'newest file generation', value: bytes / MB, unit: 'MB' });
}

/** What a mirror must be looked at for before it is known. */
export interface Asked {
  readonly reports: readonly Question[];
  readonly chat: Question;
}

/** Reports, the promised queries and reading text, each against `node:sqlite` on one file with all text. */
export async function questionFigures(bench: Bench, { reports, chat }: Asked): Promise<void> {
  await askAll(bench, reports, LIMITS.report);
  await askAll(bench, PROMISED_QUESTIONS, LIMITS.promised);
  await askAll(bench, SCAN_QUESTIONS, LIMITS.scan);
  await askAll(bench, [chat], LIMITS.chat);
}

async function askAll(
  { size, measure, add }: Bench,
  questions: readonly Question[],
  limits: Limits,
): Promise<void> {
  const asked = { questions, repetitions: REPETITIONS };
  const { questions: ours, questionsNative: native } = await measure(['questions', 'questionsNative'], asked);
  for (const { name } of questions) {
    const value = numberIn(ours, name);
    const ratio = { to: 'node:sqlite', value: times(value, numberIn(native, name)) };
    add({ name, value, unit: 'ms', ratio, ...goalOf(limits, size, value) });
  }
  const slowest = Math.max(...questions.map(({ name }) => numberIn(ours, first(name))));
  const name =
    questions.length === 1 ? 'its first run' : `the slowest first run of these ${questions.length}`;
  add({ name, value: slowest, unit: 'ms' });
  add({ name: 'memory after them', value: numberIn(ours, 'rssMb'), unit: 'MB' });
}

/** Search and a complete copy. */
export async function extraFigures({ measure, add }: Bench): Promise<void> {
  const { search, saveCopy, memory } = await measure(['search', 'saveCopy', 'memory']);
  const rareMs = numberIn(search, 'rareMs');
  add({ name: 'search for a rare word', value: rareMs, unit: 'ms' });
  for (const [name, part] of [
    ['search for a common word', 'commonMs'],
    ['the first search: builds its index, opens the shards', 'firstMs'],
  ] as const) {
    const value = numberIn(search, part);
    add({ name, value, unit: 'ms', ratio: { to: 'search for a rare word', value: times(value, rareMs) } });
  }
  const saveMs = numberIn(saveCopy, 'saveMs');
  const bytes = numberIn(saveCopy, 'bytes');
  const copying = bytes / numberIn(memory, 'bytesPerMs');
  const ratio = { to: 'copying its bytes in memory', value: times(saveMs, copying) };
  add({ name: 'Save a Copy', value: saveMs, unit: 'ms', ratio });
  add({ name: 'its size', value: bytes / MB, unit: 'MB' });
}
