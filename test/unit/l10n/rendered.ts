import { privacyItems } from '../../../src/extension/privacy/privacyItems';
import { accessLines, connectedText, firstSyncText } from '../../../src/sync/texts/connectionText';
import { itemsOf, titleOf } from '../../../src/extension/search/searchItems';
import { largeSyncText } from '../../../src/extension/syncing/largeSyncText';
import { outcomeOf } from '../../../src/extension/syncing/outcome';
import { mirrorMessage } from '../../../src/extension/views/mirrorMessage';
import type { NodeModel } from '../../../src/extension/views/nodeModel';
import { treeOf } from '../../../src/extension/views/nodes';
import { queriesTree } from '../../../src/extension/views/queries/queryNodes';
import { reportsTree } from '../../../src/extension/views/reports/reportNodes';
import { runText } from '../../../src/extension/views/runText';
import { schemaTree } from '../../../src/extension/views/schema/schemaNodes';
import { finishedText, statusBarModel } from '../../../src/extension/views/statusBarModel';
import type { TreeNode } from '../../../src/extension/views/tree/treeNode';
import { DEFAULT_SETTINGS } from '../../../src/reports/reportSettings';
import type { FreeUpPlan } from '../../../src/store/retention/retention';
import { NO_CHANGES, type RunStatus } from '../../../src/store/runs';
import { STREAMS } from '../../../src/store/records';
import { AREAS, type ConnectionReport } from '../../../src/sync/openwebui/connectionReport';
import { FAILURES, OpenWebUiError, type FailureCode } from '../../../src/sync/openwebui/failures';
import { checkText } from '../../../src/sync/texts/checkText';
import { freedText, planText, spaceText, textGoes, unagreedText } from '../../../src/sync/texts/freeUpText';
import { heldDeletionsText } from '../../../src/sync/texts/heldDeletions';
import { previewText } from '../../../src/sync/texts/previewText';
import { verifyText } from '../../../src/sync/verify/verifyText';
import { absenceWords, factWords, roleWords, sumWords } from '../../../src/webview/conversation/words';
import { messageOf } from '../webview/conversation/builders';
import { aMirrorStatus, anInstance, aRun, aShownRun, aStatus, aView, NOW } from '../extension/builders';

const INSTANCE = { name: '1', url: 'https://1.2.3.4' };
const ENDS: readonly RunStatus[] = ['ok', 'partial', 'failed', 'cancelled', 'interrupted', 'deferred'];

const aBusyRun = (status: RunStatus) =>
  aRun({
    status,
    runId: '7',
    serverVersion: '0.9.6',
    skewMs: 600_000,
    retries: 2,
    expectedRequests: 14,
    bytesReceived: 84_200,
    counts: { ...NO_CHANGES, inserted: 1, updated: 2, deleted: 3, restored: 4, quarantined: 5, heldBack: 6 },
    streams: STREAMS.map((stream) => ({ stream, status: 'ok', counts: NO_CHANGES, requests: 1 })),
  });

const aBusyStatus = (status: RunStatus) =>
  aStatus({
    ...INSTANCE,
    problems: [{ stream: 'chats', code: 'forbidden', since: 1_763_303_415 }],
    runs: [aBusyRun(status)],
    nextAllowedEpoch: NOW / 1000 + 60,
  });

const views = [
  ...ENDS.map((status) =>
    aView({
      instances: [anInstance({ ...INSTANCE, privacy: 'names' })],
      status: aMirrorStatus(aBusyStatus(status)),
      nextRuns: new Map([[1, NOW + 60_000]]),
      signInEnds: new Map([[1, NOW + 60_000]]),
    }),
  ),
  aView({ instances: [anInstance(INSTANCE)], status: aMirrorStatus() }),
  aView({ instances: [anInstance({ ...INSTANCE, enabled: false })] }),
  aView({ instances: [anInstance(INSTANCE)], signInProblems: new Map([[1, '2']]) }),
  ...(['queued', 'connecting', 'chats', 'publishing', 'elsewhere'] as const).map((phase) =>
    aView({
      instances: [anInstance(INSTANCE)],
      running: [aShownRun({ ...INSTANCE, instanceName: '1', phase })],
    }),
  ),
];

function wordsOf({ label, description = '', tooltip = '', children }: NodeModel): string[] {
  return [label, description, typeof tooltip === 'string' ? tooltip : '', ...children.flatMap(wordsOf)];
}

function treeWords({ label, description = '', children }: TreeNode): string[] {
  return [label, description, ...children.flatMap(treeWords)];
}

const PLAN: FreeUpPlan = {
  policy: { textMonths: 12, runDays: 90 },
  items: (['text', 'runs', 'shards', 'pages'] as const).map((kind) => ({
    ...{ kind, rows: 2, bytes: 400, olderThan: '2024-11-16' },
  })),
  space: {
    ...{ imageBytes: 1, inlineTextBytes: 2, shardBytes: 3, backupBytes: 4, copyBytes: 5, totalBytes: 6 },
  },
};

const report: ConnectionReport = {
  ok: true,
  url: INSTANCE.url,
  version: '0.9.6',
  areas: [
    ...AREAS.map((area) => ({ area, access: 'readable' as const })),
    { area: 'files', access: 'refused', problem: { code: 'forbidden', message: '' } },
  ],
  estimate: { users: 38, chats: 482, calls: 560, minutes: 1.4 },
};

/** What people read of the parts of the product that know no editor, each by what it is of. */
export const RENDERED: Readonly<Record<string, () => readonly string[]>> = {
  'the tree of instances': () => views.flatMap((view) => treeOf(view).flatMap(wordsOf)),
  'the status bar': () =>
    views.map((view) => statusBarModel(view)).flatMap((model) => [model?.text ?? '', model?.tooltip ?? '']),
  'the line about the mirror': () => [
    mirrorMessage({
      status: { ...aMirrorStatus(), hasNoHardLinks: true },
    }) ?? '',
  ],
  'the details of a run': () => ENDS.map((status) => runText(aBusyRun(status), '1', 'UTC')),
  'what is told about finished runs': () => [
    ...ENDS.flatMap((status) => {
      const { quiet, message } = outcomeOf([{ name: '1', run: aBusyRun(status) }]);
      return [quiet ?? '', message?.text ?? ''];
    }),
    finishedText([aBusyRun('ok')], ['1', '2']),
  ],
  'the preview of a sync': () => [
    previewText({
      instanceName: '1',
      run: aBusyRun('ok'),
      changes: [{ stream: 'chats', change: 'inserted', remoteId: '1', label: '2' }],
    }),
  ],
  'held deletions': () => [
    heldDeletionsText(
      '1',
      (['many', 'emptied', 'serverReplaced', 'serverRestored'] as const).map((reason) => ({
        ...{ stream: 'chats', label: '2', owner: null, reason, since: '2025-11-16 14:30:15' },
      })),
    ),
  ],
  'what is said before the first sync': () => [
    connectedText('1', report),
    ...accessLines(report),
    firstSyncText(report, '/', 'counts'),
  ],
  'the privacy modes': () =>
    privacyItems('full').flatMap(({ label, description, detail }) => [label, description ?? '', detail]),
  'the failures of servers': () =>
    (Object.keys(FAILURES) as FailureCode[]).map(
      (code) => new OpenWebUiError(code, { host: '1.2.3.4', retryAfterMs: 600_000 }).message,
    ),
  'a large sync': () => [largeSyncText([{ calls: 60_000, minutes: 90 } as never]) ?? ''],
  'what can be freed': () => [
    ...planText(PLAN),
    spaceText(PLAN.space),
    freedText({ items: PLAN.items, imageBytesBefore: 2, imageBytesAfter: 1 }),
    unagreedText(PLAN),
    textGoes(),
  ],
  'the comparison with a server': () =>
    verifyText({
      instanceId: 1,
      instanceName: '1',
      checkedAt: 0,
      serverVersion: '0.9.6',
      areas: [
        { stream: 'users', server: 1, mirror: 2, sampledUsers: 3 },
        { stream: 'messages', mirror: 2 },
      ],
      sampledChats: 4,
      differences: [{ stream: 'chats', remoteId: '1', kind: 'gone' }],
      differenceCount: 2,
      requests: 5,
    }),
  'the check of the database': () => [
    checkText({
      generation: 1,
      file: '1',
      findings: (['ok', 'warning', 'damage'] as const).map((severity) => ({
        ...{ file: '1', severity, what: 'texts', sentence: '2' },
      })),
      lost: { messages: 3, fetchable: 2, chats: 1 },
    }),
  ],
  'the tree of the schema': () =>
    schemaTree(
      [{ name: '1', kind: 'view', meaning: '2', isInternal: true, columns: [] }],
      new Map([['1', 1245]]),
      { hasInternals: true },
    ).flatMap(treeWords),
  'the tree of queries': () =>
    (['on', 'paused', 'off'] as const).flatMap((historyState) =>
      queriesTree({ examples: [], mine: [], history: [], historyState, zone: 'UTC', now: NOW }).flatMap(
        treeWords,
      ),
    ),
  'the tree of reports': () =>
    reportsTree({
      catalogue: [],
      saved: [{ name: '1', settings: { ...DEFAULT_SETTINGS, reportId: '2' } }],
      own: [],
    }).flatMap(treeWords),
  'the facts of a message': () => [
    ...(['user', 'assistant', 'system', 'tool'] as const).map(roleWords),
    ...factWords(
      messageOf(1, {
        ...{ inputTokens: 2, cachedTokens: 1, outputTokens: 2, reasoningTokens: 1, durationMs: 12_340 },
        ...{ files: 1, images: 2, citations: 3, toolCalls: 4, rating: 1 },
      }),
    ),
    absenceWords({ kind: 'private' }),
    sumWords([messageOf(1)]),
  ],
  'the search': () => [
    titleOf({ phase: 'searching' }),
    ...(itemsOf({ phase: 'done', result: { hits: [], total: 0, needles: [], warnings: [] } }) ?? []).map(
      ({ label }) => label,
    ),
  ],
};
