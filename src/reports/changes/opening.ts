import type { Formatter } from '../format';
import type { SentenceModel } from '../reportModel';
import type { Facts, InstanceFact } from './facts';
import { toReport } from './finding';
import { holidaysBetween } from './holidays';
import { PHRASES } from './phrases';

/** What a reader must know before any number: which days are unknown, and what cannot be compared. */
export function openingOf(facts: Facts, format: Formatter): SentenceModel[] {
  const { span, instances } = facts;
  const never = instances.filter(({ lastSync, lastDay }) => lastSync === '' && lastDay < span.to);
  const behind = instances.filter((instance) => !never.includes(instance) && instance.lastDay < span.to);
  const isPlain = span.to >= span.today && behind.every(({ lastDay }) => lastDay >= span.today - 1);
  return [
    ...(never.length === 0 ? [] : [alert(PHRASES.neverSynced(namesOf(never)))]),
    ...(isPlain && behind.length > 0
      ? [plain(PHRASES.notOver(format, span.today - 1))]
      : behindSentences(facts, behind, format)),
    ...comparisonSentence(facts, format),
    ...holidaySentence(facts, format),
  ];
}

function behindSentences(
  { span }: Facts,
  behind: readonly InstanceFact[],
  format: Formatter,
): SentenceModel[] {
  const unknown = behind.filter(({ lastDay }) => lastDay < span.from);
  const partly = behind.filter(({ lastDay }) => lastDay >= span.from);
  const days = [...new Set(partly.map(({ lastDay }) => lastDay))].sort((a, b) => a - b);
  return [
    ...(unknown.length === 0
      ? []
      : [alert(PHRASES.nothingSynced(namesOf(unknown)), unknown.map(lastSyncOf))]),
    ...days.map((day) => {
      const these = partly.filter(({ lastDay }) => lastDay === day);
      return alert(PHRASES.syncedUpTo(format, day, namesOf(these)), [
        PHRASES.comparesSameDays,
        ...these.map(lastSyncOf),
      ]);
    }),
  ];
}

/** Which of the compared days few people work on. */
function holidaySentence({ span, rows }: Facts, format: Formatter): SentenceModel[] {
  const shift = span.shift ?? 0;
  const now = holidaysBetween(rows.holidays, span.from, span.to);
  const before = shift === 0 ? [] : holidaysBetween(rows.holidays, span.from - shift, span.to - shift);
  const texts = [
    ...(now.length === 0 ? [] : [PHRASES.holidays(format, now)]),
    ...(before.length === 0 ? [] : [PHRASES.holidaysBefore(format, before)]),
  ];
  return texts.map(plain);
}

function comparisonSentence({ now, before, span, instances }: Facts, format: Formatter): SentenceModel[] {
  if (now === undefined || before !== undefined) {
    return [];
  }
  const known = instances.map(({ firstKnownDay }) => firstKnownDay).filter((day) => day !== undefined);
  const first = known.length === 0 ? undefined : Math.min(...known);
  const isTooYoung = first === undefined || first > span.from - (span.to - span.from + 1);
  return [plain(isTooYoung ? PHRASES.nothingBefore(format, first) : PHRASES.notCompared)];
}

function alert(text: string, details: readonly string[] = []): SentenceModel {
  return { text, tone: 'alert', details, link: toReport('health') };
}

function plain(text: string): SentenceModel {
  return { text, tone: 'plain', details: [] };
}

function lastSyncOf({ name, lastSync }: InstanceFact): string {
  return PHRASES.lastSync(name, lastSync);
}

function namesOf(instances: readonly InstanceFact[]): string[] {
  return instances.map(({ name }) => name);
}
