import * as v from 'valibot';
import type { CostRunSummary, CostScopeStatus } from './costs/costTypes';
import { PRIVACY_MODES } from './instances/privacy';
import { STREAMS } from './records';
import type { InstanceHealth, StreamState } from './mirrorFacts';
import type {
  ChangeCounts,
  InstanceStatus,
  MirrorStatus,
  RunEnd,
  RunStart,
  RunSummary,
  StreamResult,
} from './runs';

/** Shapes of what the journal and `status.json` hold: files may be torn, old or edited. */
const whole = v.pipe(v.number(), v.integer());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finished = v.picklist(['ok', 'partial', 'failed', 'cancelled', 'interrupted', 'deferred']);
const status = v.picklist(['running', ...finished.options]);

const changeCounts = v.object({
  seen: count,
  inserted: count,
  updated: count,
  unchanged: count,
  deleted: count,
  restored: count,
  quarantined: count,
  heldBack: count,
}) satisfies v.GenericSchema<unknown, ChangeCounts>;

const streamResult = v.object({
  stream: v.picklist(STREAMS),
  status: v.picklist(['ok', 'failed', 'skipped', 'unsupported', 'cancelled']),
  counts: changeCounts,
  requests: v.optional(count, 0),
  errorCode: v.optional(v.string()),
  error: v.optional(v.string()),
}) satisfies v.GenericSchema<unknown, StreamResult>;

export const runStartSchema = v.object({
  runId: v.string(),
  instanceId: whole,
  kind: v.picklist(['full', 'incremental']),
  walk: v.optional(v.picklist(['active', 'complete']), 'active'),
  trigger: v.picklist(['manual', 'schedule', 'startup', 'cli', 'extension']),
  startedAt: whole,
  clientVersion: v.string(),
  expectedRequests: v.optional(count),
}) satisfies v.GenericSchema<unknown, RunStart>;

const details = {
  skewMs: v.optional(v.number()),
  serverVersion: v.optional(v.string()),
  errorCode: v.optional(v.string()),
  error: v.optional(v.string()),
};

const runNotes = v.array(v.object({ code: v.string(), message: v.string() }));
const notes = v.optional(runNotes, []);

/** The column `sync_runs.notes`: JSON text. */
export const runNotesSchema = v.pipe(v.string(), v.parseJson(), runNotes);

export const runEndSchema = v.object({
  runId: v.string(),
  status: finished,
  finishedAt: whole,
  durationMs: v.number(),
  requests: count,
  retries: count,
  bytesReceived: count,
  ...details,
  streams: v.array(streamResult),
  notes,
}) satisfies v.GenericSchema<unknown, RunEnd>;

export const streamStateSchema = v.object({
  stream: v.picklist(STREAMS),
  scope: v.string(),
  mark: v.optional(whole),
  walkJson: v.optional(v.string()),
  lastCompleteAt: v.optional(whole),
  problem: v.optional(v.object({ code: v.string(), since: whole, triedAt: whole })),
}) satisfies v.GenericSchema<unknown, StreamState>;

export const instanceHealthSchema = v.object({
  failures: count,
  nextAllowedAt: v.optional(whole),
}) satisfies v.GenericSchema<unknown, InstanceHealth>;

const runSummary = v.object({
  ...runStartSchema.entries,
  status,
  finishedAt: v.optional(whole),
  durationMs: v.optional(v.number()),
  requests: v.optional(count),
  retries: v.optional(count),
  bytesReceived: v.optional(count),
  ...details,
  counts: changeCounts,
  streams: v.array(streamResult),
  notes,
}) satisfies v.GenericSchema<unknown, RunSummary>;

/** One instance's part of `status.json`. */
export const instanceStatusSchema = v.object({
  instanceId: whole,
  name: v.string(),
  url: v.string(),
  version: v.optional(v.string()),
  lastSync: v.optional(v.string()),
  lastSyncEpoch: v.optional(whole),
  lastFullSyncEpoch: v.optional(whole),
  lastCompleteWalkEpoch: v.optional(whole),
  privacy: v.optional(v.picklist(PRIVACY_MODES), 'full'),
  nextAllowedEpoch: v.optional(whole),
  heldDeletions: v.optional(count, 0),
  problems: v.optional(
    v.array(v.object({ stream: v.picklist(STREAMS), code: v.string(), since: whole })),
    [],
  ),
  users: count,
  chats: count,
  messages: count,
  runs: v.array(runSummary),
}) satisfies v.GenericSchema<unknown, InstanceStatus>;

const costRunSummary = v.object({
  runId: whole,
  scopeId: whole,
  trigger: v.picklist(['manual', 'schedule', 'startup', 'import']),
  status: v.picklist(['running', 'ok', 'partial', 'failed', 'cancelled', 'throttled']),
  startedAt: whole,
  finishedAt: v.optional(whole),
  months: count,
  rowsSeen: count,
  rowsChanged: count,
  restatedDays: count,
  calls: count,
  waitedMs: count,
  error: v.optional(v.string()),
  notes: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, CostRunSummary>;

const costScopeStatus = v.object({
  scopeId: whole,
  source: v.picklist(['azure', 'import']),
  scope: v.string(),
  name: v.string(),
  lastSync: v.optional(whole),
  retryAfter: v.optional(whole),
  newestDate: v.optional(v.string()),
  months: count,
  newestMonth: v.array(v.object({ month: v.string(), currency: v.string(), cost: v.number() })),
  unmappedResources: count,
  runs: v.array(costRunSummary),
}) satisfies v.GenericSchema<unknown, CostScopeStatus>;

/** `status.json`, whose instances are looked at one by one. */
export const mirrorStatusSchema = v.object({
  version: v.literal(1),
  generation: count,
  instances: v.array(v.unknown()),
  hasNoHardLinks: v.optional(v.boolean()),
  sizes: v.optional(v.object({ imageBytes: count, shardBytes: count })),
  agreedTextMonths: v.optional(count),
  analysis: v.optional(v.string()),
  costs: v.optional(v.array(costScopeStatus)),
}) satisfies v.GenericSchema<unknown, Omit<MirrorStatus, 'instances'>>;
