import type { FileRecord, KnowledgeBaseRecord } from '../../../store/records';
import { ifSupported } from '../../openwebui/feeds';
import { knowledgeBaseExists, knowledgeFilePages, knowledgePages } from '../../openwebui/knowledge';
import { collect } from '../../openwebui/paging';
import { idsIn, markUnlisted } from '../deletions';
import type { StreamContext, StreamDefinition } from '../runTypes';
import { isAskedFor, isRareStreamDue } from './due';

/** Knowledge bases and which files belong to them. Comes after the files, which then need only be linked. */
export const knowledgeBasesStream: StreamDefinition = {
  streams: ['knowledge_bases'],
  isDue: (context) => isRareStreamDue(context, 'knowledge_bases'),

  async sync(context) {
    const { client, writer, runId, request, states, serverStart } = context;
    // A file that comes or goes does not move its base's `updated_at`: only the timer, which saves calls, trusts it.
    const isTrusting = request.kind === 'incremental' && !isAskedFor(context);
    const known = await writer.knownKnowledgeBases(runId);
    const { rows, skipped } = await collect(knowledgePages(client));
    const links: Link[] = [];
    for (const [index, base] of rows.entries()) {
      const isKnown = known.has(base.remoteId) && known.get(base.remoteId) === base.updatedAt;
      links.push(await apply(context, base, isTrusting && isKnown));
      context.progress(index + 1, rows.length);
    }
    await markUnlisted(context, {
      stream: 'knowledge_bases',
      known: [...known.keys()],
      listed: idsIn(rows),
      skipped,
      exists: (remoteId) => knowledgeBaseExists(client, remoteId),
    });
    // Once more: a file whose base gave it up or is gone, and whose other base came earlier in the list.
    for (const link of links) {
      await link();
    }
    await states.change('knowledge_bases', { lastCompleteAt: serverStart });
  },
};

/** Writes which files belong to a base, as the server told it. */
type Link = () => Promise<unknown>;

/**
 * Reads the files first: a base whose row is written counts as known, with its files.
 * @returns links them again
 */
async function apply(context: StreamContext, told: KnowledgeBaseRecord, isTrusted: boolean): Promise<Link> {
  const { identities, writer, runId, ledger } = context;
  const needsFiles = told.fileRemoteIds === undefined && !isTrusted;
  const files = needsFiles ? await readFiles(context, told.remoteId) : undefined;
  const base = identities.owned(told);
  ledger.count('knowledge_bases', await writer.applyKnowledgeBases(runId, [base]));
  if (files === undefined) {
    return () => writer.applyKnowledgeBases(runId, [base]);
  }
  // Some may be newer than the list of all files.
  ledger.countAlong('files', await writer.applyFiles(runId, files, base.remoteId));
  return () => writer.applyFiles(runId, files, base.remoteId);
}

async function readFiles(
  { client, identities }: StreamContext,
  baseId: string,
): Promise<readonly FileRecord[] | undefined> {
  const files = await ifSupported(() => collect(knowledgeFilePages(client, baseId)));
  return files?.rows.map((file) => identities.owned(file));
}
