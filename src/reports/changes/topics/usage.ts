import type { Formatter, NumberFormat } from '../../format';
import type { ReportRow } from '../../reportModel';
import { FLOORS } from '../../trends/anomalies';
import { causeDetails, instanceMovers, moversOf } from '../causes';
import { isWeekly, type Facts, type Totals } from '../facts';
import { toneOf, toReport, type Finding, type Topic } from '../finding';
import { PHRASES } from '../phrases';
import { countIn } from '../rowValues';
import { judge, sizeOf } from '../unusual';
import { dayDetails, dayFindings } from './days';

/** A number that is compared with the span before and with what is usual. */
interface UsageNumber {
  readonly title: string;
  readonly format: NumberFormat;
  /** Smallest change that matters. */
  readonly floor: number;
  /** Undefined: unknown. */
  readonly of: (totals: Totals) => number | undefined;
  /** The same of one instance's row. */
  readonly ofRow: (row: ReportRow) => number;
  /** Measure of the causes by user and model. */
  readonly measure: string;
  readonly reportId: string;
  readonly details: (facts: Facts, format: Formatter) => readonly string[];
}

const ACTIVE_USERS: UsageNumber = {
  title: 'Active users',
  format: 'integer',
  floor: 5,
  of: ({ activeUsers }) => activeUsers,
  ofRow: (row) => countIn(row, 'active_users'),
  measure: 'active_users',
  reportId: 'users',
  details: ({ now, before }, format) => [
    PHRASES.turnover(format, now?.usersOfThisSpan ?? 0, before?.usersOfThisSpan ?? 0),
  ],
};

const TURNS: UsageNumber = {
  title: 'Turns',
  format: 'integer',
  floor: FLOORS.turns,
  of: ({ turns }) => turns,
  ofRow: (row) => countIn(row, 'turns'),
  measure: 'turns',
  reportId: 'overview',
  details: dayDetails,
};

const GENERATIONS: UsageNumber = {
  title: 'Generations',
  format: 'integer',
  floor: FLOORS.turns,
  of: ({ generations }) => generations,
  ofRow: (row) => countIn(row, 'generations'),
  measure: 'generations',
  reportId: 'models',
  details: () => [],
};

const TOKENS: UsageNumber = {
  title: 'Tokens',
  format: 'compact',
  floor: 10_000,
  of: ({ tokens }) => tokens,
  ofRow: (row) => countIn(row, 'input_tokens') + countIn(row, 'output_tokens'),
  measure: 'tokens',
  reportId: 'models',
  details: ({ now, before }, format) => [
    PHRASES.tokenCoverage(format, coverageOf(now) ?? 0, coverageOf(before) ?? 0),
  ],
};

/** Users, turns, generations and tokens against the span before. */
export const usageTopic: Topic = (facts, format) => {
  const turns = findingOf(TURNS, facts, format);
  return [
    ...findingOf(ACTIVE_USERS, facts, format),
    ...(turns.length > 0 ? turns : dayFindings(facts, format)),
    ...(followsTurns(facts) ? [] : findingOf(GENERATIONS, facts, format)),
    ...findingOf(TOKENS, facts, format),
  ];
};

/** Part of the generations whose tokens are known; undefined without any. */
export function coverageOf(totals: Totals | undefined): number | undefined {
  return totals === undefined || totals.distinctGenerations === 0
    ? undefined
    : totals.generationsWithUsage / totals.distinctGenerations;
}

/** Answers come with questions: they are news only where a question gets clearly more or fewer of them. */
function followsTurns({ now, before }: Facts): boolean {
  const [current = 0, previous = 0] = [now, before].map((totals) =>
    totals === undefined || totals.turns === 0 ? 0 : totals.generations / totals.turns,
  );
  return sizeOf({ now: current, before: previous }) < 0.1;
}

function findingOf(number: UsageNumber, facts: Facts, format: Formatter): Finding[] {
  const { title, floor, of, ofRow, measure, reportId, details } = number;
  const now = facts.now === undefined ? undefined : of(facts.now);
  const before = facts.before === undefined ? undefined : of(facts.before);
  if (now === undefined || before === undefined) {
    return [];
  }
  const earlier = facts.earlier.map(of).filter((value) => value !== undefined);
  const { isTold, isUnusual, usual } = judge({ now, before, earlier }, floor);
  if (!isTold) {
    return [];
  }
  const movers = [...instanceMovers(facts, ofRow), ...moversOf(facts, measure)];
  return [
    {
      topic: title.toLowerCase(),
      size: sizeOf({ now, before }),
      isUnusual,
      sentence: {
        text: PHRASES.moved(format, title, now, before, number.format),
        tone: toneOf(isUnusual),
        details: [
          ...causeDetails(now - before, movers, format, number.format),
          ...details(facts, format),
          ...(usual === undefined
            ? []
            : [PHRASES.usual(format, usual, earlier.length, isWeekly(facts), number.format)]),
        ],
        link: toReport(reportId),
      },
    },
  ];
}
