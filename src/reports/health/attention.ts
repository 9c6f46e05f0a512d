import type { DeriveContext } from '../reportDefinition';
import type { ReportRow, SentenceModel } from '../reportModel';

/** An instance that was not synced for longer needs somebody. */
const LATE_HOURS = 48;
/** Below this the sums of tokens say little. */
const LOW_COVERAGE = 0.8;

/**
 * What somebody should do now, the pressing first; one plain sentence where there is nothing.
 * @param datasets `instances`, `streams` (with their fixes) and `facts`
 */
export function attentionSentences(
  [instances = [], streams = [], facts = []]: readonly (readonly ReportRow[])[],
  { format }: Pick<DeriveContext, 'format'>,
): readonly SentenceModel[] {
  const sentences = [
    ...instances.flatMap((row) => instanceSentences(row, format)),
    ...streams.filter(({ problem_code }) => problem_code !== null).map(refusalSentence),
    ...factSentences(facts[0] ?? {}, format),
  ];
  return sentences.length > 0
    ? sentences
    : [{ text: 'Nothing needs attention.', tone: 'plain', details: [] }];
}

function instanceSentences(row: ReportRow, format: DeriveContext['format']): SentenceModel[] {
  const name = String(row['instance']);
  const link = { kind: 'instance', instanceId: Number(row['instance_id']) } as const;
  const details =
    typeof row['last_error'] === 'string' && Number(row['failures_in_a_row']) > 0 ? [row['last_error']] : [];
  const hours = row['hours_since_sync'];
  if (typeof hours !== 'number') {
    return [{ text: `${name} was never synced to the end. Run Sync.`, tone: 'alert', details, link }];
  }
  if (hours > LATE_HOURS && row['enabled'] === 1) {
    const days = format.number(Math.floor(hours / 24), 'integer');
    return [
      {
        text: `${name} was last synced ${days} days ago (${String(row['last_sync'])}). Run Sync, and Start Timer... to keep it fresh.`,
        tone: 'alert',
        details,
        link,
      },
    ];
  }
  const failed = Number(row['failures_in_a_row']);
  return failed === 0
    ? []
    : [
        {
          text: `${name}: the last ${failed === 1 ? 'sync' : `${format.number(failed, 'integer')} syncs`} failed.`,
          tone: 'alert',
          details,
          link,
        },
      ];
}

function refusalSentence(row: ReportRow): SentenceModel {
  const since = String(row['problem_since']).slice(0, 10);
  return {
    text: `${String(row['instance'])}: ${String(row['stream']).toLowerCase()} cannot be read since ${since}. ${String(row['standing'])}`,
    tone: 'alert',
    details: [String(row['fix'])],
  };
}

function factSentences(facts: ReportRow, format: DeriveContext['format']): SentenceModel[] {
  const count = (field: string): number => Number(facts[field] ?? 0);
  const sentences: SentenceModel[] = [];
  const waiting = count('waiting_deletions');
  if (waiting > 0) {
    sentences.push({
      text: `Deletions held back: ${format.number(waiting, 'integer')}. Run Review Deletions...`,
      tone: 'notable',
      details: [],
    });
  }
  sentences.push(...costSentences(facts, count));
  const distinct = count('distinct_generations');
  const known = distinct === 0 ? 1 : 1 - count('unknown_usage_generations') / distinct;
  if (known < LOW_COVERAGE) {
    sentences.push({
      text: `Tokens are known for ${format.number(known, 'percent')} of the generations: sums of tokens and costs are too low.`,
      tone: 'notable',
      details: ['Tick the capability Usage of the models below in Open WebUI.'],
    });
  }
  return sentences;
}

function costSentences(facts: ReportRow, count: (field: string) => number): SentenceModel[] {
  const since = facts['stale_since'];
  return [
    ...(count('stale_scopes') === 0
      ? []
      : [
          {
            text: `Costs of Azure were ${typeof since === 'string' ? `last read ${since}` : 'never read to the end'}. Run Sync Azure Cost.`,
            tone: 'alert' as const,
            details: [],
          },
        ]),
    ...(count('different_months') === 0
      ? []
      : [
          {
            text: 'Rows of a bill do not add up to its total. Run Sync Azure Cost to read it again.',
            tone: 'alert' as const,
            details: [],
            link: { kind: 'report', reportId: 'reconciliation' } as const,
          },
        ]),
    ...(count('unmapped_resources') === 0
      ? []
      : [
          {
            text: `Billed resources that serve no instance yet: ${count('unmapped_resources')}. Run Map Azure Resources...`,
            tone: 'notable' as const,
            details: [],
          },
        ]),
  ];
}
