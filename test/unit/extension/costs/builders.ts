import type { CostConnection } from '../../../../src/store/costs/costConnection';
import type { CostRunSummary, CostScopeStatus } from '../../../../src/store/costs/costTypes';
import type { CostView } from '../../../../src/extension/views/costs/costView';

/** 2026-03-17 14:30:00 UTC, in seconds. */
export const HALF_PAST_TWO = 1_773_757_800;
/** Twenty minutes later, in ms. */
export const NOW = (HALF_PAST_TWO + 1200) * 1000;

export const SUBSCRIPTION = 'subscriptions/11111111-1111-1111-1111-111111111111';

export function aConnection(overrides: Partial<CostConnection> = {}): CostConnection {
  return {
    id: 'c-1',
    scope: SUBSCRIPTION,
    name: 'Production',
    cloud: 'public',
    tenantId: '22222222-2222-2222-2222-222222222222',
    signIn: { kind: 'editor' },
    enabled: true,
    ...overrides,
  };
}

export function aCostRun(overrides: Partial<CostRunSummary> = {}): CostRunSummary {
  return {
    runId: 7,
    scopeId: 1,
    trigger: 'schedule',
    status: 'ok',
    startedAt: HALF_PAST_TWO - 40,
    finishedAt: HALF_PAST_TWO,
    months: 2,
    rowsSeen: 310,
    rowsChanged: 24,
    restatedDays: 0,
    calls: 3,
    waitedMs: 30_000,
    notes: [],
    ...overrides,
  };
}

export function aScopeStatus(overrides: Partial<CostScopeStatus> = {}): CostScopeStatus {
  return {
    scopeId: 1,
    source: 'azure',
    scope: SUBSCRIPTION,
    name: 'Production',
    lastSync: HALF_PAST_TWO,
    newestDate: '2026-03-16',
    months: 13,
    newestMonth: [{ month: '2026-03', currency: 'EUR', cost: 1234.56 }],
    unmappedResources: 0,
    runs: [aCostRun()],
    ...overrides,
  };
}

export function aCostView(overrides: Partial<CostView> = {}): CostView {
  return {
    connections: [aConnection()],
    scopes: [aScopeStatus()],
    running: [],
    signInProblems: new Map(),
    isDaily: true,
    zone: 'UTC',
    now: NOW,
    ...overrides,
  };
}
