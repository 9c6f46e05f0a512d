import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchedChat } from '../../../src/store/mirrorWriter';
import type { InstanceProjection } from '../../../src/store/instances/projection';
import {
  MalformedChatError,
  type ChatDecoder,
  type ChatRecord,
  type FeedbackRecord,
  type MessageRecord,
  type UserRecord,
} from '../../../src/store/records';
import { NO_CHANGES, type ChangeCounts, type RunEnd, type RunStart } from '../../../src/store/runs';

import { MirrorDatabase, type MirrorOptions } from '../../../src/store/writer/mirrorDatabase';

/** 2025-11-16 12:00:00 UTC. */
export const NOON = Date.UTC(2025, 10, 16, 12) / 1000;

/** Makes an empty folder for one test and removes it afterwards. Call inside `describe`. */
export function useTemporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** A folder for one test and the mirrors that it opens there; they are closed before the folder goes. */
export interface TestMirrors {
  readonly root: () => string;
  readonly open: (options?: Partial<MirrorOptions>) => Promise<MirrorDatabase>;
  /** Closes one before the test ends. */
  readonly close: (mirror: MirrorDatabase) => void;
}

/** Call inside `describe`. */
export function useMirrors(): TestMirrors {
  const opened = new Set<MirrorDatabase>();
  const close = (mirror: MirrorDatabase): void => {
    mirror.close();
    opened.delete(mirror);
  };
  // Before the folder goes: closing tells the journal of runs that failed.
  afterEach(() => opened.forEach(close));
  const root = useTemporaryFolder();
  const open = async (options: Partial<MirrorOptions> = {}): Promise<MirrorDatabase> => {
    const mirror = await openMirror(root(), options);
    opened.add(mirror);
    return mirror;
  };
  return { root, open, close };
}

/** Bodies in these tests are records as JSON. */
export const decodeJson: ChatDecoder = (body) => {
  try {
    return JSON.parse(Buffer.from(body).toString()) as ChatRecord;
  } catch {
    throw new MalformedChatError('not JSON');
  }
};

export function openMirror(folder: string, options: Partial<MirrorOptions> = {}): Promise<MirrorDatabase> {
  return MirrorDatabase.open({
    folder,
    zone: 'Europe/Berlin',
    decodeChat: decodeJson,
    now: () => NOON,
    ...options,
  });
}

export function runStart(changes: Partial<RunStart> = {}): RunStart {
  return {
    runId: 'run-1',
    instanceId: 1,
    kind: 'incremental',
    walk: 'active',
    trigger: 'manual',
    startedAt: NOON,
    clientVersion: '0.1.0',
    ...changes,
  };
}

export function runEnd(changes: Partial<RunEnd> = {}): RunEnd {
  return {
    runId: 'run-1',
    status: 'ok',
    finishedAt: NOON + 5,
    durationMs: 5_000,
    requests: 7,
    retries: 0,
    bytesReceived: 1_000,
    streams: [],
    notes: [],
    ...changes,
  };
}

export function instanceOf(id = 1, changes: Partial<InstanceProjection> = {}): InstanceProjection {
  return { id, name: `instance ${id}`, url: `https://chat${id}.example.com`, enabled: true, ...changes };
}

/** Starts a run with the usual instance. @returns its id. */
export function begin(
  mirror: MirrorDatabase,
  runId = 'run-1',
  instanceId = 1,
  changes: Partial<InstanceProjection> = {},
): string {
  mirror.startRun(runStart({ runId, instanceId }), instanceOf(instanceId, changes));
  return runId;
}

export function user(remoteId: string, changes: Partial<UserRecord> = {}): UserRecord {
  return {
    remoteId,
    name: remoteId.toUpperCase(),
    email: `${remoteId}@example.org`,
    role: 'user',
    ...changes,
  };
}

export function message(remoteId: string, changes: Partial<MessageRecord> = {}): MessageRecord {
  return {
    remoteId,
    role: 'user',
    createdAt: NOON - 86_400,
    createdAtSource: 'message',
    isError: false,
    isDone: true,
    isArena: false,
    isActiveBranch: true,
    content: `text of ${remoteId}`,
    droppedImages: 0,
    fileCount: 0,
    citationCount: 0,
    toolCallCount: 0,
    sources: [],
    ...changes,
  };
}

/** A question and its answer by `modelId`. */
export function exchange(prefix: string, modelId = 'gpt-4o'): MessageRecord[] {
  return [
    message(`${prefix}-q`),
    message(`${prefix}-a`, {
      role: 'assistant',
      modelId,
      parentRemoteId: `${prefix}-q`,
      usage: { dialect: 'openai', inputTokens: 10, outputTokens: 20 },
    }),
  ];
}

export function chat(remoteId: string, changes: Partial<ChatRecord> = {}): ChatRecord {
  return {
    remoteId,
    userRemoteId: 'ann',
    title: `Chat ${remoteId}`,
    createdAt: NOON - 86_400,
    updatedAt: NOON - 86_000,
    archived: false,
    pinned: false,
    tags: [],
    messages: exchange(remoteId),
    ...changes,
  };
}

export function fetched(record: ChatRecord, changes: Partial<FetchedChat> = {}): FetchedChat {
  return {
    body: Buffer.from(JSON.stringify(record)),
    remoteId: record.remoteId,
    userRemoteId: record.userRemoteId,
    fetchedAt: NOON,
    serverNow: NOON,
    ...changes,
  };
}

export function counts(changes: Partial<ChangeCounts>): ChangeCounts {
  return { ...NO_CHANGES, ...changes };
}

export function rating(remoteId: string, changes: Partial<FeedbackRecord> = {}): FeedbackRecord {
  return {
    remoteId,
    userRemoteId: 'ann',
    rating: 1,
    siblingModelIds: [],
    tags: [],
    isArena: false,
    ...changes,
  };
}
