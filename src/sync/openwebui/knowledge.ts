import * as v from 'valibot';
import type { FileRecord, KnowledgeBaseRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { exists } from './exists';
import { id, optionalId, text, time } from './fields';
import { fileRow } from './files';
import { readPages, type Page } from './paging';
import { segment } from './routes';

const embeddedFileIds = v.fallback(
  v.optional(
    v.pipe(
      v.array(v.object({ id })),
      v.transform((files) => files.map((file) => file.id)),
    ),
  ),
  undefined,
);

const knowledgeRow = v.pipe(
  v.object({
    id,
    name: text,
    description: text,
    user_id: optionalId,
    files: embeddedFileIds,
    created_at: time,
    updated_at: time,
  }),
  v.transform((row): KnowledgeBaseRecord => ({
    remoteId: row.id,
    name: row.name,
    description: row.description,
    userRemoteId: row.user_id,
    fileRemoteIds: row.files,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })),
);

/** All knowledge bases: one array with the ids of their files up to 0.6.36, 30 a page without them from 0.7. */
export function knowledgePages(client: OpenWebUiClient): AsyncGenerator<Page<KnowledgeBaseRecord>> {
  return readPages(client, {
    route: (page) => ({ path: '/api/v1/knowledge/', query: { page } }),
    row: knowledgeRow,
    idOf: (base) => base.remoteId,
    plainArray: 'whole',
  });
}

/** The files of one knowledge base, from 0.7. @throws OpenWebUiError `unsupported` on older servers */
export function knowledgeFilePages(
  client: OpenWebUiClient,
  baseId: string,
): AsyncGenerator<Page<FileRecord>> {
  return readPages(client, {
    route: (page) => ({
      path: `/api/v1/knowledge/${segment(baseId)}/files`,
      query: { page },
      presence: 'optional',
    }),
    row: fileRow,
    idOf: (file) => file.remoteId,
    plainArray: 'whole',
  });
}

/** Whether the server still has a knowledge base. */
export function knowledgeBaseExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/knowledge/${segment(remoteId)}`);
}
