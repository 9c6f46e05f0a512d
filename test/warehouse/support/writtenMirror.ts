import type { ClientBase } from 'pg';
import { editAnalysis } from '../../../src/store/analysis/analysisFile';
import { withExcluded, withMerged } from '../../../src/store/analysis/analysisEdits';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import {
  begin,
  chat,
  exchange,
  fetched,
  message,
  NOON,
  rating,
  runEnd,
  user,
} from '../../unit/store/builders';

const DAY = 86_400;

export const ANN = '9d1f0c52-7ce0-4d3c-a8e3-ann';
export const BOB = '51c0aa7e-11aa-4f6b-9c1e-bob';

/** What of Ann and Bob must go with whatever says their names, words or ids. */
export const TEXT = {
  'text of messages': 'the quick brown secret',
  'text that the mirror lets go': 'an old brown secret',
  'titles of chats': 'Plan for the merger',
  'titles of chat lists': 'Listed plan for the merger',
  'comments of ratings': 'This answer hurt me',
  'reasons of ratings that are a sentence': 'Because it knew my salary',
  'descriptions of knowledge bases': 'All we know of bids',
  'descriptions of groups': 'Those who bid',
};
export const NAMES = {
  'names of users': 'Ann Example',
  'e-mail addresses': 'ann.example@example.org',
  'names of others': 'Bob Sample',
  'names of files': 'salaries-2025.xlsx',
  'names of knowledge bases': 'Bid library',
  'tags of chats': 'tag-of-chat',
  'tags of ratings': 'tag-of-rating',
};
export const IDENTITIES = {
  'ids of users': ANN,
  'ids of others': BOB,
  'names of groups': 'Bid team',
  'ids of folders': 'folder-7f3a',
  'ids of share links': 'share-91bc',
};

/** What is Ann's alone: an erasure leaves none of it. */
export const OF_ANN = [
  ...[TEXT['text of messages'], TEXT['text that the mirror lets go'], TEXT['titles of chats']],
  ...[
    TEXT['titles of chat lists'],
    TEXT['comments of ratings'],
    NAMES['tags of chats'],
    NAMES['tags of ratings'],
  ],
  ...[
    TEXT['reasons of ratings that are a sentence'],
    NAMES['names of users'],
    NAMES['e-mail addresses'],
    ANN,
  ],
  ...[IDENTITIES['ids of folders'], IDENTITIES['ids of share links'], 'c-ann', 'ann-q', 'rating-of-ann'],
];

/** A run that meets everything of Ann and Bob, and says her name when it fails. Published. */
export function writeEverything(mirror: MirrorDatabase, runId: string, instanceId = 1): void {
  begin(mirror, runId, instanceId);
  mirror.applyUsers(runId, [
    user(BOB, { name: NAMES['names of others'], email: 'bob.sample@example.org' }),
    user(ANN, { name: NAMES['names of users'], email: NAMES['e-mail addresses'], lastActiveAt: NOON }),
  ]);
  mirror.applyGroups(runId, [
    {
      remoteId: 'g1',
      name: IDENTITIES['names of groups'],
      description: TEXT['descriptions of groups'],
      memberRemoteIds: [ANN, BOB],
    },
  ]);
  const shared = exchange('shared');
  writeChat(mirror, runId, 'c-bob', { userRemoteId: BOB, createdAt: NOON - 500, messages: shared });
  writeChat(mirror, runId, 'c-ann', {
    title: TEXT['titles of chats'],
    tags: [NAMES['tags of chats']],
    folderId: IDENTITIES['ids of folders'],
    shareId: IDENTITIES['ids of share links'],
    createdAt: NOON - 900,
    messages: [
      ...shared,
      message('ann-old', { createdAt: NOON - 400 * DAY, content: TEXT['text that the mirror lets go'] }),
      message('ann-q', {
        content: TEXT['text of messages'],
        sources: [{ kind: 'file', use: 'attached', remoteId: 'f1', times: 1 }],
      }),
    ],
  });
  mirror.applyFeedback(runId, [
    rating('rating-of-ann', {
      userRemoteId: ANN,
      comment: TEXT['comments of ratings'],
      tags: [NAMES['tags of ratings']],
    }),
    rating('rating-of-ann-2', { userRemoteId: ANN, reason: TEXT['reasons of ratings that are a sentence'] }),
    rating('rating-of-bob', { userRemoteId: BOB, reason: 'too_long' }),
  ]);
  mirror.applyModels(runId, [{ modelId: 'm1', source: 'workspace', isActive: true, owner: ANN }]);
  const base = {
    name: NAMES['names of knowledge bases'],
    description: TEXT['descriptions of knowledge bases'],
  };
  mirror.applyKnowledgeBases(runId, [{ remoteId: 'kb', ...base, userRemoteId: ANN }]);
  mirror.applyFiles(runId, [{ remoteId: 'f1', filename: NAMES['names of files'], userRemoteId: ANN }], 'kb');
  mirror.saveState(runId, [{ stream: 'chats', scope: ANN, mark: NOON }]);
  mirror.quarantine(runId, 'users', ANN, 'serverError', NOON);
  mirror.quarantine(runId, 'chats', 'c-ann', 'serverError', NOON);
  mirror.holdDeletions(runId, 'users', [ANN, BOB], 'many');
  mirror.endRun(runEnd({ runId, status: 'partial', error: `No chats of ${NAMES['names of users']}` }));
  mirror.publish();
}

function writeChat(
  mirror: MirrorDatabase,
  runId: string,
  remoteId: string,
  changes: Parameters<typeof chat>[1],
): void {
  const told = chat(remoteId, { userRemoteId: ANN, ...changes });
  const listed = { remoteId, title: TEXT['titles of chat lists'], updatedAt: NOON };
  mirror.applyChat(runId, fetched(told, told.userRemoteId === ANN ? { listed } : {}));
}

/** Leaves Ann out of reports and counts her with Bob, as analysis.json says. Published. */
export async function nameAccounts(root: string, mirror: MirrorDatabase): Promise<void> {
  const account = (remoteId: string) => ({ instance: 1, user: remoteId });
  const analysis = await editAnalysis(root, (before) =>
    withMerged(withExcluded(before, 1, [ANN]), [account(BOB), account(ANN)]),
  );
  mirror.applyAnalysis(analysis);
}

/** Tables with rows under ids of ours, and what else of a row says which it is. */
const COPIED: Readonly<Record<string, readonly string[]>> = {
  chats: ['id'],
  message: ['id', 'chat_id'],
  message_text: ['id'],
  message_sources: ['message_id'],
  feedback: ['id'],
  models: ['id'],
  knowledge_bases: ['id'],
  files: ['id'],
  user_groups: ['id'],
  sync_runs: ['id'],
};

/** Gives a warehouse a second row for each that it has, under an id below 0: as if the mirror had let it go long ago. */
export async function addForgottenRows(client: ClientBase): Promise<void> {
  for (const [table, ids] of Object.entries(COPIED)) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT column_name::text AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    );
    const values = rows.map(({ name }) => (ids.includes(name) ? `-"${name}"` : `"${name}"`));
    await client.query(`INSERT INTO ${table} SELECT ${values.join(', ')} FROM ${table}`);
  }
}
