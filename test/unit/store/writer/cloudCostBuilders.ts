import { NO_ANALYSIS } from '../../../../src/store/analysis/analysisTypes';
import { utcDayOf } from '../../../../src/store/costs/costEntries';
import type { CostMonth, CostMonthResult, CostRow, CostScope } from '../../../../src/store/costs/costTypes';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, user } from '../builders';

export const SCOPE: CostScope = { source: 'azure', scope: 'subscriptions/s', name: 'Company' };
export const ACCOUNT = '/subscriptions/s/accounts/one';
/** Seconds */
export const DAY = 86_400;

export const day = (date: string): number => utcDayOf(date) ?? 0;

/** Input tokens of one meter of one resource on a day. */
export function row(date: string, costE8: bigint, changes: Partial<CostRow> = {}): CostRow {
  return {
    utcDay: day(date),
    resourceId: ACCOUNT,
    meter: 'gpt 4o 0806 Inp glbl Tokens',
    meterSubcategory: '',
    chargeType: 'Usage',
    tag: '',
    currency: 'EUR',
    costE8,
    ...changes,
  };
}

/** The month of {@link NOON}, open, with a total in euros that its rows add up to. */
export function november(rows: readonly CostRow[], changes: Partial<CostMonth> = {}): CostMonth {
  const costE8 = rows.reduce((sum, { costE8: own }) => sum + own, 0n);
  return {
    costType: 'actual',
    month: '2025-11',
    rows,
    services: [],
    totals: [{ currency: 'EUR', costE8 }],
    knownToDay: day('2025-11-16'),
    isClosed: false,
    ...changes,
  };
}

/** One run that reads a month. @param fetchedAt also its end */
export function readCosts(
  mirror: MirrorDatabase,
  month: CostMonth,
  fetchedAt = NOON,
  scope = SCOPE,
): CostMonthResult {
  const runId = mirror.startCostRun(scope, 'manual', fetchedAt);
  const result = mirror.replaceCostMonth(runId, month, fetchedAt);
  mirror.endCostRun({ runId, status: 'ok', calls: 2, waitedMs: 15_000, notes: [] }, fetchedAt);
  mirror.publish();
  return result;
}

/** An answer for each user, five days before the last one. @param tokens of the input, by user */
export function syncUse(
  mirror: MirrorDatabase,
  tokens: Readonly<Record<string, number>>,
  runId = 'run-1',
): void {
  begin(mirror, runId);
  mirror.applyUsers(
    runId,
    Object.keys(tokens).map((name) => user(name)),
  );
  for (const [name, inputTokens] of Object.entries(tokens)) {
    const answer = message(`answer-${name}`, {
      role: 'assistant',
      modelId: 'gpt-4o',
      createdAt: NOON - 5 * DAY,
      usage: { dialect: 'openai', inputTokens, outputTokens: 1 },
    });
    mirror.applyChat(runId, fetched(chat(`chat-${name}`, { userRemoteId: name, messages: [answer] })));
  }
  mirror.endRun(runEnd({ runId }));
  mirror.publish();
}

/** Says which instances the account serves. */
export function mapAccount(
  mirror: MirrorDatabase,
  instances: readonly number[] = [1],
  resource = ACCOUNT,
): void {
  mirror.applyAnalysis({ ...NO_ANALYSIS, resources: [{ resource, instances, source: 'admin' }] });
}
