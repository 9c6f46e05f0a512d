import type { Instance } from '../../../src/store/instances/instance';
import type { InstanceStatus, MirrorStatus, RunSummary } from '../../../src/store/runs';
import { NEVER_SYNCED, NO_CHANGES } from '../../../src/store/runs';
import type { MirrorView } from '../../../src/extension/views/instanceView';
import type { ShownRun } from '../../../src/extension/views/shownRun';

/** 2025-11-16 14:30:15 UTC, in seconds. */
export const HALF_PAST_TWO = 1_763_303_415;
/** Twenty minutes later, in ms. */
export const NOW = (HALF_PAST_TWO + 1200) * 1000;

export function anInstance(overrides: Partial<Instance> = {}): Instance {
  return { id: 1, name: 'fasgpt', url: 'https://fasgpt.example.org', enabled: true, ...overrides };
}

export function aRun(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: 'run-1',
    instanceId: 1,
    kind: 'incremental',
    walk: 'active',
    trigger: 'manual',
    startedAt: HALF_PAST_TWO - 3,
    finishedAt: HALF_PAST_TWO,
    durationMs: 3100,
    clientVersion: '0.1.0',
    status: 'ok',
    requests: 15,
    counts: { ...NO_CHANGES, seen: 482, inserted: 12, updated: 3 },
    streams: [],
    notes: [],
    ...overrides,
  };
}

export function aStatus(overrides: Partial<InstanceStatus> = {}): InstanceStatus {
  return {
    ...NEVER_SYNCED,
    instanceId: 1,
    name: 'fasgpt',
    url: 'https://fasgpt.example.org',
    version: '0.9.6',
    lastSync: '2025-11-16 14:30:15',
    lastSyncEpoch: HALF_PAST_TWO,
    users: 38,
    chats: 482,
    messages: 1245,
    runs: [aRun()],
    ...overrides,
  };
}

export function aMirrorStatus(...instances: InstanceStatus[]): MirrorStatus {
  return { version: 1, generation: 1, instances };
}

export function aShownRun(overrides: Partial<ShownRun> = {}): ShownRun {
  return {
    runId: 'run-2',
    instanceId: 1,
    instanceName: 'fasgpt',
    kind: 'full',
    trigger: 'manual',
    phase: 'chats',
    done: 120,
    total: 482,
    requests: 130,
    counts: NO_CHANGES,
    ...overrides,
  };
}

export function aView(overrides: Partial<MirrorView> = {}): MirrorView {
  return {
    instances: [anInstance()],
    status: aMirrorStatus(aStatus()),
    running: [],
    nextRuns: new Map(),
    signInProblems: new Map(),
    signInEnds: new Map(),
    zone: 'UTC',
    now: NOW,
    ...overrides,
  };
}
