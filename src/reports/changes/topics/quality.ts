import type { Formatter } from '../../format';
import { causesOf, instanceMovers, moversOf } from '../causes';
import type { Facts, Totals } from '../facts';
import { toneOf, toReport, type Finding, type Topic } from '../finding';
import { PHRASES, type Share } from '../phrases';
import { countIn } from '../rowValues';

/** A share that is compared with that of the span before. */
interface QualityShare {
  readonly title: string;
  /** What the whole counts, one of them. */
  readonly of: string;
  readonly shareOf: (totals: Totals) => Share;
  /** Fewer cases say nothing. */
  readonly fewest: number;
  /** Smallest difference that matters, as a share. */
  readonly floor: number;
  /** Whether a rise is bad. */
  readonly isBad: boolean;
  /** The count behind a rise and a fall, in words. */
  readonly countOf: (isRise: boolean) => { readonly measure: string; readonly words: string };
}

/** Standard deviations of a difference that chance hardly makes (95 %). */
const SURE = 1.96;

const SHARES: readonly QualityShare[] = [
  {
    title: 'Error rate',
    of: 'generation',
    shareOf: ({ errors, settled }) => ({ part: errors, all: settled }),
    fewest: 20,
    floor: 0.01,
    isBad: true,
    countOf: () => ({ measure: 'errors', words: 'errors' }),
  },
  {
    title: 'Thumbs-up share',
    of: 'rating',
    shareOf: ({ ratingsUp, ratingsDown }) => ({ part: ratingsUp, all: ratingsUp + ratingsDown }),
    fewest: 10,
    floor: 0.05,
    isBad: false,
    countOf: (isRise) =>
      isRise
        ? { measure: 'ratings_up', words: 'thumbs up' }
        : { measure: 'ratings_down', words: 'thumbs down' },
  },
];

/** Error rate and thumbs against the span before. */
export const qualityTopic: Topic = (facts, format) =>
  SHARES.flatMap((share) => findingOf(share, facts, format));

function findingOf(quality: QualityShare, facts: Facts, format: Formatter): Finding[] {
  const { title, of, shareOf, fewest, floor, isBad } = quality;
  if (facts.now === undefined || facts.before === undefined) {
    return [];
  }
  const now = shareOf(facts.now);
  const before = shareOf(facts.before);
  const change = now.part / now.all - before.part / before.all;
  if (Math.min(now.all, before.all) < fewest || Math.abs(change) < floor || !differ(now, before)) {
    return [];
  }
  return [
    {
      topic: title.toLowerCase(),
      size: Math.min(1, Math.abs(change) * 2),
      isUnusual: true,
      sentence: {
        text: PHRASES.shareMoved(format, title, now, before, of),
        tone: isBad && change > 0 ? 'alert' : toneOf(true),
        details: countCauses(quality, facts, change > 0, format),
        link: toReport('models'),
      },
    },
  ];
}

/** Whether two shares differ by more than chance makes them: the test of two proportions. */
function differ(a: Share, b: Share): boolean {
  const pooled = (a.part + b.part) / (a.all + b.all);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / a.all + 1 / b.all));
  return Math.abs(a.part / a.all - b.part / b.all) > SURE * deviation;
}

/** Who has how much of the count behind it; nobody where the count did not go that way. */
function countCauses(
  { countOf, isBad }: QualityShare,
  facts: Facts,
  isRise: boolean,
  format: Formatter,
): string[] {
  const { measure, words } = countOf(isRise);
  const instances = instanceMovers(facts, (row) => countIn(row, measure));
  const change = instances.reduce((sum, { now, before }) => sum + now - before, 0);
  // A fall of the good share is a rise of the bad count, and the other way round.
  const isMore = !isBad || isRise;
  if (isMore ? change <= 0 : change >= 0) {
    return [];
  }
  const causes = causesOf(change, [...instances, ...moversOf(facts, measure)]);
  return causes.length === 0
    ? []
    : [PHRASES.causes(format, causes, 'integer', `${isMore ? 'More' : 'Fewer'} ${words}`)];
}
