import * as v from 'valibot';
import type { FileRecord, KnowledgeBaseRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS } from './dialects';
import { exists } from './exists';
import { readFeed } from './feeds';
import { id, optionalId, text, time } from './fields';
import { fileRow } from './files';
import type { Page } from './paging';
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

/** All knowledge bases; up to 0.6.36 with the ids of their files. */
export function knowledgePages(client: OpenWebUiClient): AsyncGenerator<Page<KnowledgeBaseRecord>> {
  return readFeed(client, {
    ways: DIALECTS.knowledgeBases,
    row: knowledgeRow,
    idOf: (base) => base.remoteId,
  });
}

/** The files of one knowledge base, from 0.7. @throws OpenWebUiError `unsupported` on older servers */
export function knowledgeFilePages(
  client: OpenWebUiClient,
  baseId: string,
): AsyncGenerator<Page<FileRecord>> {
  return readFeed(client, {
    ways: DIALECTS.knowledgeFiles,
    id: segment(baseId),
    row: fileRow,
    idOf: (file) => file.remoteId,
  });
}

/** Whether the server still has a knowledge base. */
export function knowledgeBaseExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/knowledge/${segment(remoteId)}`);
}
