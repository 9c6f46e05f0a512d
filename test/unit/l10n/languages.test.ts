import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '@vscode/l10n';
import { privacyItems } from '../../../src/extension/privacy/privacyItems';
import { accessLines, connectedText, firstSyncText } from '../../../src/extension/instances/summaryText';
import { itemsOf, titleOf } from '../../../src/extension/search/searchItems';
import { largeSyncText } from '../../../src/extension/syncing/largeSyncText';
import { outcomeOf } from '../../../src/extension/syncing/outcome';
import { mirrorMessage } from '../../../src/extension/views/mirrorMessage';
import type { NodeModel } from '../../../src/extension/views/nodeModel';
import { treeOf } from '../../../src/extension/views/nodes';
import { runText } from '../../../src/extension/views/runText';
import { finishedText, statusBarModel } from '../../../src/extension/views/statusBarModel';
import { NO_CHANGES, type RunStatus } from '../../../src/store/runs';
import { STREAMS } from '../../../src/store/records';
import { AREAS, type ConnectionReport } from '../../../src/sync/openwebui/connectionReport';
import { FAILURES, OpenWebUiError, type FailureCode } from '../../../src/sync/openwebui/failures';
import { heldDeletionsText } from '../../../src/sync/texts/heldDeletions';
import { previewText } from '../../../src/sync/texts/previewText';
import { aMirrorStatus, anInstance, aRun, aShownRun, aStatus, aView, NOW } from '../extension/builders';

type Words = Readonly<Record<string, string | { readonly message: string }>>;

const root = join(__dirname, '..', '..', '..');
const bundle = (file: string): Words => JSON.parse(readFileSync(join(root, 'l10n', file), 'utf8')) as Words;

/** Every text of the product in brackets. */
function bracketed(): Record<string, string> {
  const english = Object.entries(bundle('bundle.l10n.json'));
  return Object.fromEntries(
    english.map(([key, entry]) => [key, `[${typeof entry === 'string' ? entry : entry.message}]`]),
  );
}

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
const RENDERED: Readonly<Record<string, () => readonly string[]>> = {
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
  'the search': () => [
    titleOf({ phase: 'searching' }),
    ...(itemsOf({ phase: 'done', result: { hits: [], total: 0, needles: [], warnings: [] } }) ?? []).map(
      ({ label }) => label,
    ),
  ],
};

/** What is read, without texts in brackets, icons, names of products, addresses and units. */
function outside(text: string): string {
  let rest = text.replaceAll('\\', '').replace(/\$\([a-z~-]+\)/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\[[^[\]]*\]/g, '');
  }
  return rest.replace(/OpenWebUI Sync|Open WebUI|https?:\/\/\S+|\b(?:s|min|h|B|kB|MB|GB|forbidden)\b/g, '');
}

describe('the languages of the product', () => {
  afterEach(() => config({ contents: {} }));

  for (const [name, render] of Object.entries(RENDERED)) {
    it(`reach all of ${name}, whose module was loaded before the language was known`, () => {
      config({ contents: bracketed() });
      const texts = render().filter((text) => text !== '');
      assert.ok(texts.length > 0);
      assert.deepEqual(
        texts
          .filter((text) => /[A-Za-z]{2,}/.test(outside(text)))
          .map((text) => `${outside(text)} <= ${text}`),
        [],
      );
    });
  }

  it('show a tree, the status bar and a run in German', () => {
    config({ contents: bundle('bundle.l10n.de.json') as Record<string, string> });
    const view = aView({ nextRuns: new Map([[1, NOW + 600_000]]) });
    const [node] = treeOf(view);
    assert.equal(node?.description, '482 Chats · letzte Synchronisierung 14:30 · nächste 15:00');
    assert.deepEqual(
      node.children.slice(0, 3).map(({ label }) => label),
      ['38 Nutzer', '482 Chats', '1.245 Nachrichten'],
    );
    assert.equal(statusBarModel(view)?.text, '$(sync) 482 Chats');
    assert.match(
      runText(aRun(), 'fasgpt', 'UTC'),
      /^Inkrementelle Synchronisierung von fasgpt\n=+\n\nStatus +fertig\n/,
    );
    assert.equal(finishedText([aRun()], ['fasgpt']), 'fasgpt synchronisiert: 12 neu, 3 geändert');
  });

  it('count one and several in German', () => {
    config({ contents: bundle('bundle.l10n.de.json') as Record<string, string> });
    const view = aView({ status: aMirrorStatus(aStatus({ users: 1, chats: 1, messages: 1_245_000 })) });
    assert.deepEqual(
      treeOf(view)[0]
        ?.children.slice(0, 3)
        .map(({ label }) => label),
      ['1 Nutzer', '1 Chat', '1.245.000 Nachrichten'],
    );
  });

  it('stay English where no words are given', () => {
    assert.equal(statusBarModel(aView())?.text, '$(sync) 482 chats');
  });
});
