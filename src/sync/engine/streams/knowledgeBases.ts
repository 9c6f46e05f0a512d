import type { FileRecord, KnowledgeBaseRecord } from '../../../store/records';
import { isFailure } from '../../openwebui/failures';
import { knowledgeBaseExists, knowledgeFilePages, knowledgePages } from '../../openwebui/knowledge';
import { collect } from '../../openwebui/paging';
import { markMissing } from '../deletions';
import type { StreamContext, StreamDefinition } from '../runTypes';
import { isRareStreamDue } from './due';

/** Knowledge bases and which files belong to them. Comes after the files, which then need only be linked. */
export const knowledgeBasesStream: StreamDefinition = {
  streams: ['knowledge_bases'],
  isDue: (context) => isRareStreamDue(context, 'knowledge_bases'),

  async sync(context) {
    const { client, writer, runId, request, states, serverStart } = context;
    const known = await writer.knownKnowledgeBases(runId);
    const { rows, skipped } = await collect(knowledgePages(client));
    for (const [index, base] of rows.entries()) {
      const isTrusted = request.kind === 'incremental' && known.has(base.remoteId);
      await apply(context, base, isTrusted && known.get(base.remoteId) === base.updatedAt);
      context.progress(index + 1, rows.length);
    }
    const listed = new Set(rows.map((base) => base.remoteId));
    await markMissing(context, {
      stream: 'knowledge_bases',
      remoteIds: skipped > 0 ? [] : [...known.keys()].filter((remoteId) => !listed.has(remoteId)),
      liveRows: known.size,
      exists: (remoteId) => knowledgeBaseExists(client, remoteId),
    });
    await states.change('knowledge_bases', { lastCompleteAt: serverStart });
  },
};

/** Reads the files first: a base whose row is written counts as known, with its files. */
async function apply(context: StreamContext, base: KnowledgeBaseRecord, isKnown: boolean): Promise<void> {
  const { writer, runId, ledger } = context;
  const needsFiles = base.fileRemoteIds === undefined && !isKnown;
  const files = needsFiles ? await readFiles(context, base.remoteId) : undefined;
  ledger.count('knowledge_bases', await writer.applyKnowledgeBases(runId, [base]));
  if (files !== undefined) {
    await writer.applyFiles(runId, files, base.remoteId);
  }
}

async function readFiles(
  { client }: StreamContext,
  baseId: string,
): Promise<readonly FileRecord[] | undefined> {
  try {
    return (await collect(knowledgeFilePages(client, baseId))).rows;
  } catch (error) {
    if (isFailure(error, 'unsupported')) {
      return undefined;
    }
    throw error;
  }
}
