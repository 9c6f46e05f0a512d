import type { Formatter } from '../../format';
import type { ReportRow } from '../../reportModel';
import { causesOf, moversOf } from '../causes';
import type { Facts } from '../facts';
import { toReport, type Finding, type Topic } from '../finding';
import { PHRASES } from '../phrases';
import { countIn, numberIn, textIn } from '../rowValues';
import { coverageOf } from './usage';

/** Part of the syncs that must fail before it is told. */
const FAILED_PART = 0.1;
/** A pause is told when it is that long, and that many times as long as such pauses are. */
const LONG_PAUSE = 48 * 3600;
const LONG_PAUSE_TIMES = 3;
/** Difference of coverages that makes sums incomparable, from so many generations on. */
const COVERAGE_FLOOR = 0.1;
const FEWEST_GENERATIONS = 20;

/** What makes the numbers worse than they look: syncs, coverage, unreadable objects, deletions that wait. */
export const problemsTopic: Topic = (facts, format) => [
  ...failedSyncs(facts, format),
  ...pauses(facts, format),
  ...coverageFall(facts, format),
  ...counted(facts, 'unreadable', (count, names) => ({
    text: PHRASES.unreadable(format, count, names),
    details: [],
  })),
  ...counted(facts, 'held_deletions', (count, names) => ({
    text: PHRASES.held(format, count, names),
    details: [PHRASES.heldDetail],
  })),
];

function failedSyncs(facts: Facts, format: Formatter): Finding[] {
  const bad = facts.rows.syncs
    .map((row) => ({
      name: nameOf(facts, row),
      failed: countIn(row, 'failed_runs'),
      partial: countIn(row, 'partial_runs'),
      runs: countIn(row, 'runs'),
    }))
    .filter(({ failed, partial, runs }) => failed + partial > 0 && failed + partial >= FAILED_PART * runs);
  if (bad.length === 0) {
    return [];
  }
  const total = bad.reduce((sum, of) => ({
    ...sum,
    failed: sum.failed + of.failed,
    partial: sum.partial + of.partial,
    runs: sum.runs + of.runs,
  }));
  return [
    problem('failed syncs', (total.failed + total.partial) / total.runs, {
      text: PHRASES.failedSyncs(
        format,
        total,
        bad.map(({ name }) => name),
      ),
      details: bad.length === 1 ? [] : bad.map((of) => PHRASES.failedSyncsOf(format, of.name, of)),
    }),
  ];
}

function pauses(facts: Facts, format: Formatter): Finding[] {
  return facts.rows.syncs.flatMap((row) => {
    const seconds = numberIn(row, 'longest_pause');
    const mean = numberIn(row, 'mean_pause');
    if (
      seconds === undefined ||
      mean === undefined ||
      seconds < Math.max(LONG_PAUSE, LONG_PAUSE_TIMES * mean)
    ) {
      return [];
    }
    const days = facts.span.to - facts.span.from + 1;
    return [
      problem(`a pause of ${nameOf(facts, row)}`, Math.min(1, seconds / 86_400 / days), {
        text: PHRASES.pause(
          format,
          nameOf(facts, row),
          textIn(row, 'pause_from'),
          textIn(row, 'pause_to'),
          seconds,
        ),
        details: [PHRASES.pauseDetail],
      }),
    ];
  });
}

function coverageFall(facts: Facts, format: Formatter): Finding[] {
  const now = coverageOf(facts.now);
  const before = coverageOf(facts.before);
  const fewest = Math.min(facts.now?.distinctGenerations ?? 0, facts.before?.distinctGenerations ?? 0);
  if (
    now === undefined ||
    before === undefined ||
    before - now < COVERAGE_FLOOR ||
    fewest < FEWEST_GENERATIONS
  ) {
    return [];
  }
  const movers = moversOf(facts, 'without_usage').filter(({ dimension }) => dimension === 'model');
  const change = withoutUsage(facts.now) - withoutUsage(facts.before);
  const causes = change > 0 ? causesOf(change, movers) : [];
  return [
    problem('token coverage', before - now, {
      text: PHRASES.coverageFell(format, now, before),
      details: causes.length === 0 ? [] : [PHRASES.causes(format, causes, 'integer')],
    }),
  ];
}

function withoutUsage(totals: Facts['now']): number {
  return (totals?.distinctGenerations ?? 0) - (totals?.generationsWithUsage ?? 0);
}

/** Things of which one is one too many. */
function counted(
  facts: Facts,
  field: 'unreadable' | 'held_deletions',
  write: (count: number, names: readonly string[]) => Pick<Finding['sentence'], 'text' | 'details'>,
): Finding[] {
  const rows = facts.rows.syncs.filter((row) => countIn(row, field) > 0);
  const count = rows.reduce((sum, row) => sum + countIn(row, field), 0);
  return count === 0
    ? []
    : [
        problem(
          TOPICS[field],
          SIZES[field],
          write(
            count,
            rows.map((row) => nameOf(facts, row)),
          ),
        ),
      ];
}

const TOPICS = { unreadable: 'unreadable objects', held_deletions: 'held deletions' } as const;
/** They have no share of anything: deletions wait for a person and come early, unreadable objects can wait. */
const SIZES = { unreadable: 0.1, held_deletions: 0.5 } as const;

function problem(
  topic: string,
  size: number,
  sentence: Pick<Finding['sentence'], 'text' | 'details'>,
): Finding {
  return {
    topic,
    size,
    isUnusual: true,
    sentence: { ...sentence, tone: 'alert', link: toReport('health') },
  };
}

function nameOf({ instances }: Facts, row: ReportRow): string {
  return instances.find(({ id }) => id === row['instance_id'])?.name ?? '';
}
