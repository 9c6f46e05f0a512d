import type { Formatter } from '../format';
import type { SentenceModel } from '../reportModel';
import type { Facts } from './facts';
import { toReport, type Finding, type Topic } from './finding';
import { openingOf } from './opening';
import { PHRASES } from './phrases';
import { accountsTopic } from './topics/accounts';
import { costTopic } from './topics/cost';
import { modelsTopic } from './topics/models';
import { problemsTopic } from './topics/problems';
import { qualityTopic } from './topics/quality';
import { usageTopic } from './topics/usage';

/** One page: most sentences of one scope. */
export const MOST_SENTENCES = 7;

/** Where sizes are equal, the earlier topic comes first. */
const TOPICS: readonly Topic[] = [
  problemsTopic,
  usageTopic,
  costTopic,
  qualityTopic,
  modelsTopic,
  accountsTopic,
];

/**
 * What changed, in at most seven sentences: first what is unknown, then that nothing is unusual where nothing is, then the
 * changes by size. What finds no place is named in the last one.
 */
export function writeChanges(facts: Facts, format: Formatter): SentenceModel[] {
  const findings = TOPICS.flatMap((topic) => topic(facts, format)).sort((a, b) => b.size - a.size);
  const opening = [...openingOf(facts, format), ...usageSentence(facts, findings, format)];
  const places = Math.max(0, MOST_SENTENCES - opening.length);
  if (findings.length <= places) {
    return [...opening, ...findings.map(({ sentence }) => sentence)];
  }
  const told = findings.slice(0, Math.max(0, places - 1));
  const leftOut = findings.slice(told.length).map(({ topic }) => topic);
  return [
    ...opening,
    ...told.map(({ sentence }) => sentence),
    { text: PHRASES.leftOut(format, leftOut), tone: 'plain', details: [], link: toReport('overview') },
  ];
}

/** That nothing is unusual, or how much there is where nothing can be compared. */
function usageSentence(
  { now, before }: Facts,
  findings: readonly Finding[],
  format: Formatter,
): SentenceModel[] {
  if (now === undefined) {
    return [];
  }
  const link = toReport('overview');
  if (before === undefined) {
    return [{ text: PHRASES.usageNow(format, now), tone: 'plain', details: [], link }];
  }
  return findings.some(({ isUnusual }) => isUnusual)
    ? []
    : [
        {
          text: PHRASES.nothingUnusual(format, now, findings.length === 0),
          tone: 'plain',
          details: [PHRASES.usageBefore(format, before)],
          link,
        },
      ];
}
