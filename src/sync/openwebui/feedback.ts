import * as v from 'valibot';
import type { EpochSeconds, FeedbackRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS } from './dialects';
import { ifSupported, readFeed, readWholeFeed } from './feeds';
import { flag, id, optionalId, text, texts, time } from './fields';
import { collect, type Page } from './paging';
import { ratingOf, scoreOf } from './ratings';
import { segment } from './routes';

/** Enough to see what is new, changed or gone. */
export interface FeedbackIdRecord {
  readonly remoteId: string;
  readonly userRemoteId?: string | undefined;
  readonly updatedAt?: EpochSeconds | undefined;
}

const idRow = v.pipe(
  v.object({ id, user_id: optionalId, updated_at: time }),
  v.transform((row): FeedbackIdRecord => ({
    remoteId: row.id,
    userRemoteId: row.user_id,
    updatedAt: row.updated_at,
  })),
);

const details = v.fallback(v.optional(v.object({ rating: v.optional(v.unknown()) })), undefined);

const data = v.fallback(
  v.optional(
    v.object({
      rating: v.optional(v.unknown()),
      model_id: text,
      sibling_model_ids: texts,
      reason: text,
      comment: text,
      tags: texts,
      details,
    }),
  ),
  undefined,
);

/** `model_id` is the arena's here; `data` names the model that truly answered. */
const meta = v.fallback(
  v.optional(
    v.object({ arena: flag, chat_id: optionalId, message_id: optionalId, model_id: text, tags: texts }),
  ),
  undefined,
);

/** Only these fields are ever taken: rows also carry their author, one by id the whole chat in `snapshot`. */
const feedbackRow = v.pipe(
  v.object({ id, user_id: optionalId, data, meta, created_at: time, updated_at: time }),
  v.transform((row): FeedbackRecord => ({
    remoteId: row.id,
    userRemoteId: row.user_id,
    chatRemoteId: row.meta?.chat_id,
    messageRemoteId: row.meta?.message_id,
    modelId: row.data?.model_id ?? row.meta?.model_id,
    siblingModelIds: row.data?.sibling_model_ids ?? [],
    rating: ratingOf(row.data?.rating),
    score: scoreOf(row.data?.details?.rating),
    reason: row.data?.reason,
    comment: row.data?.comment,
    tags: row.data?.tags ?? row.meta?.tags ?? [],
    isArena: row.meta?.arena ?? false,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })),
);

/**
 * Every rating's id and time in one call, those of deleted users too.
 * @throws OpenWebUiError `unsupported` before 0.7
 */
export function readFeedbackIds(client: OpenWebUiClient): Promise<Page<FeedbackIdRecord>> {
  return readWholeFeed(client, { ways: DIALECTS.feedbackIds, row: idRow });
}

/**
 * Ratings, last changed first: 30 a page from 0.7, where those of deleted users are left out (`readFeedback` reads
 * them one by one); all at once before.
 */
export function feedbackPages(client: OpenWebUiClient): AsyncGenerator<Page<FeedbackRecord>> {
  return readFeed(client, {
    ways: DIALECTS.feedback,
    row: feedbackRow,
    idOf: (feedback) => feedback.remoteId,
  });
}

/**
 * One rating, from 0.6.36 also of another user. Its answer holds the whole chat, of which nothing is kept: for the few
 * that no list shows.
 * @throws OpenWebUiError `notFound`, ...
 */
export async function readFeedback(client: OpenWebUiClient, remoteId: string): Promise<FeedbackRecord> {
  const path = feedbackPath(remoteId);
  const parsed = v.safeParse(feedbackRow, await client.getJson({ path, presence: 'item' }));
  if (!parsed.success) {
    throw client.failure('unexpectedAnswer', { path });
  }
  return parsed.output;
}

/**
 * Tells of one rating after the other whether the server still has it, from lists that are read anew, once: by their
 * ids older servers show ratings only to those who gave them.
 */
export function feedbackExistence(client: OpenWebUiClient): (remoteId: string) => Promise<boolean> {
  let listed: Promise<ReadonlySet<string>> | undefined;
  return async (remoteId) => {
    listed ??= readAllIds(client);
    return (await listed).has(remoteId);
  };
}

async function readAllIds(client: OpenWebUiClient): Promise<ReadonlySet<string>> {
  const { rows } =
    (await ifSupported(() => readFeedbackIds(client))) ?? (await collect(feedbackPages(client)));
  return new Set(rows.map((row) => row.remoteId));
}

function feedbackPath(remoteId: string): string {
  return `/api/v1/evaluations/feedback/${segment(remoteId)}`;
}
