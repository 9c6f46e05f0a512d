import * as v from 'valibot';
import type { WholeStream } from '../../store/mirrorFacts';
import type { EpochSeconds, ModelRecord } from '../../store/records';
import type { OpenWebUiClient } from '../openwebui/client';
import { DIALECTS } from '../openwebui/dialects';
import { feedbackExistence, feedbackPages, readFeedbackIds } from '../openwebui/feedback';
import { ifSupported, readWholeFeed } from '../openwebui/feeds';
import { id, text } from '../openwebui/fields';
import { fileExists, filePages } from '../openwebui/files';
import { groupExists } from '../openwebui/groups';
import { knowledgeBaseExists, knowledgePages } from '../openwebui/knowledge';
import { readProviderModels, readWorkspaceModels } from '../openwebui/models';
import { collect } from '../openwebui/paging';
import type { ListedObject } from './compareLists';
import type { VerifyContext } from './verifyContext';

type MirrorSide = ReadonlyMap<string, EpochSeconds | undefined>;

/** How a stream that is walked as a whole is read on both sides, in as few calls as the server allows. */
export interface WholeStreamReading {
  readonly stream: WholeStream;
  readonly server: (context: VerifyContext) => Promise<readonly ListedObject[]>;
  readonly mirror: (context: VerifyContext) => Promise<MirrorSide>;
  /** Absent: objects cannot be asked for one by one. */
  readonly exists?: (client: OpenWebUiClient, remoteId: string) => Promise<boolean>;
}

/** In the order in which they are compared. */
export const WHOLE_STREAMS: readonly WholeStreamReading[] = [
  { stream: 'groups', server: listGroups, mirror: idsOf('groups'), exists: groupExists },
  {
    stream: 'feedback',
    server: listFeedback,
    mirror: ({ writer, runId }) => writer.knownFeedback(runId),
    exists: (client, remoteId) => feedbackExistence(client)(remoteId),
  },
  { stream: 'models', server: listModels, mirror: idsOf('models') },
  {
    stream: 'knowledge_bases',
    server: listKnowledgeBases,
    mirror: ({ writer, runId }) => writer.knownKnowledgeBases(runId),
    exists: knowledgeBaseExists,
  },
  { stream: 'files', server: listFiles, mirror: idsOf('files'), exists: fileExists },
];

function idsOf(stream: WholeStream): (context: VerifyContext) => Promise<MirrorSide> {
  return async ({ writer, runId }) =>
    new Map((await writer.knownIds(runId, stream)).map((remoteId) => [remoteId, undefined]));
}

const groupName = v.object({ id, name: text });

/** Without their members, which would cost a call each. */
async function listGroups({ client, privacy }: VerifyContext): Promise<readonly ListedObject[]> {
  const { rows } = await readWholeFeed(client, { ways: DIALECTS.groups, row: groupName });
  return rows.map((group) => ({ id: group.id, label: privacy.keepsIdentities ? group.name : undefined }));
}

async function listFeedback(context: VerifyContext): Promise<readonly ListedObject[]> {
  const { identities, client } = context;
  const rows = (await ifSupported(() => readFeedbackIds(client))) ?? (await collect(feedbackPages(client)));
  return rows.rows
    .filter(({ userRemoteId }) => userRemoteId === undefined || !identities.isErased(userRemoteId))
    .map(({ remoteId, updatedAt }) => ({ id: remoteId, updatedAt }));
}

async function listModels({ client }: VerifyContext): Promise<readonly ListedObject[]> {
  const workspace = await ifSupported(() => readWorkspaceModels(client));
  const provider = await readProviderModels(client);
  const models: readonly ModelRecord[] = [...(workspace?.rows ?? []), ...provider.rows];
  return models.map(({ modelId, name }) => ({ id: modelId, label: name }));
}

async function listKnowledgeBases({ client, privacy }: VerifyContext): Promise<readonly ListedObject[]> {
  const { rows } = await collect(knowledgePages(client));
  return rows.map(({ remoteId, updatedAt, name }) => ({
    id: remoteId,
    updatedAt,
    label: privacy.keepsNames ? name : undefined,
  }));
}

async function listFiles({ client, privacy }: VerifyContext): Promise<readonly ListedObject[]> {
  const { rows } = await collect(filePages(client));
  return rows.map(({ remoteId, filename }) => ({
    id: remoteId,
    label: privacy.keepsNames ? filename : undefined,
  }));
}
