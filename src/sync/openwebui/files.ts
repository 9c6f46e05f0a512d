import * as v from 'valibot';
import type { FileRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS } from './dialects';
import { exists } from './exists';
import { readFeed } from './feeds';
import { count, id, optionalId, text, time } from './fields';
import type { Page } from './paging';
import { segment } from './routes';

const fileMeta = v.fallback(v.optional(v.object({ name: text, content_type: text, size: count })), undefined);

/** A file as every list of files gives it; those inside knowledge bases (up to 0.6.36) have only id, meta, times. */
export const fileRow = v.pipe(
  v.object({
    id,
    user_id: optionalId,
    filename: text,
    meta: fileMeta,
    created_at: time,
    updated_at: time,
  }),
  v.transform((row): FileRecord => ({
    remoteId: row.id,
    filename: row.filename ?? row.meta?.name,
    contentType: row.meta?.content_type,
    size: row.meta?.size,
    userRemoteId: row.user_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })),
);

/** Everybody's files, without their text. */
export function filePages(client: OpenWebUiClient): AsyncGenerator<Page<FileRecord>> {
  return readFeed(client, { ways: DIALECTS.files, row: fileRow, idOf: (file) => file.remoteId });
}

/** Whether the server still has a file. */
export function fileExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/files/${segment(remoteId)}`);
}
