import { project } from '../columns';
import type { Dialect } from '../dialects';
import type { SampleFeedback } from '../model';
import type { SampleWorld } from '../world';
import { chatEnvelope } from './chatViews';
import { userFields } from './userViews';

type Json = Record<string, unknown>;

const LIST_USER = ['id', 'name', 'email', 'role', 'last_active_at', 'updated_at', 'created_at'];

/** A rating without its author. */
function feedbackRow(feedback: SampleFeedback): Json {
  const { annotation } = feedback;
  return {
    id: feedback.id,
    user_id: feedback.userId,
    version: 0,
    type: 'rating',
    data: {
      rating: annotation.rating,
      model_id: feedback.modelId,
      sibling_model_ids: feedback.siblingModelIds,
      reason: annotation.reason,
      comment: annotation.comment,
      tags: annotation.tags,
      details: annotation.details,
    },
    meta: {
      arena: feedback.arena,
      chat_id: feedback.chatId,
      message_id: feedback.messageId,
      message_index: 2,
      model_id: feedback.askedModelId,
      tags: annotation.tags,
      base_models: { [feedback.askedModelId]: null },
    },
    created_at: feedback.createdAt,
    updated_at: feedback.updatedAt,
  };
}

/** A row of the paged list. */
export function feedbackListRow(world: SampleWorld, feedback: SampleFeedback): Json {
  return { ...feedbackRow(feedback), user: author(world, feedback, LIST_USER) };
}

/** A row of `feedbacks/all`; the author is in it up to 0.6. */
export function feedbackAllRow(world: SampleWorld, dialect: Dialect, feedback: SampleFeedback): Json {
  const columns = dialect.columns.feedbackUser;
  return columns.length === 0
    ? feedbackRow(feedback)
    : { ...feedbackRow(feedback), user: author(world, feedback, columns) };
}

/** A row of the export: with the whole chat. */
export function feedbackExportRow(world: SampleWorld, dialect: Dialect, feedback: SampleFeedback): Json {
  const { created_at, updated_at, ...row } = feedbackRow(feedback);
  const chat = world.chats.find(feedback.chatId);
  const snapshot = chat === undefined ? null : { chat: chatEnvelope(world, dialect, chat, feedback.userId) };
  return { ...row, snapshot, created_at, updated_at };
}

function author(world: SampleWorld, feedback: SampleFeedback, columns: readonly string[]): Json | null {
  const user = world.users.find(feedback.userId);
  return user === undefined ? null : project(userFields(world, user), columns);
}
