import type { FeedbackRecord } from '../records';
import type { ChangeCounts } from '../runs';
import { ChangeTally, EntityTable, type TableOf } from './entityTable';
import { keptOfFeedback } from './privateRecords';
import type { RunContext, Session } from './session';
import type { UserTable } from './users';

const DEFINITION = {
  table: 'feedback',
  key: 'remote_id',
  columns: [
    ...(['user_id', 'chat_remote_id', 'message_remote_id', 'model_id', 'sibling_model_ids'] as const),
    ...(['rating', 'score', 'reason', 'comment', 'tags', 'is_arena'] as const),
  ],
  times: ['created_at', 'updated_at'],
  keepsUnknown: false,
} as const;

/** The table `feedback`; its rows outlive their user and their chat. */
export class FeedbackTable {
  readonly #users: UserTable;
  readonly #table: TableOf<typeof DEFINITION>;

  constructor(session: Session, users: UserTable) {
    this.#users = users;
    this.#table = new EntityTable(session, DEFINITION);
  }

  apply(run: RunContext, feedback: readonly FeedbackRecord[]): ChangeCounts {
    const tally = new ChangeTally();
    for (const told of feedback) {
      const record = keptOfFeedback(run.rules, told);
      const values = {
        user_id: this.#users.ownerOf(run, record),
        chat_remote_id: record.chatRemoteId,
        message_remote_id: record.messageRemoteId,
        model_id: record.modelId,
        sibling_model_ids: JSON.stringify(record.siblingModelIds),
        rating: record.rating,
        score: record.score,
        reason: record.reason,
        comment: record.comment,
        tags: JSON.stringify(record.tags),
        is_arena: Number(record.isArena),
      };
      const times = { created_at: record.createdAt, updated_at: record.updatedAt };
      tally.add(this.#table.apply(run, record.remoteId, { values, times }).change);
    }
    return tally.counts();
  }

  /** See {@link EntityTable.rehash}. */
  rehash(instanceId: number): void {
    this.#table.rehash(instanceId);
  }

  /** @returns how many rows were not marked yet. */
  markDeleted(run: RunContext, remoteIds: readonly string[]): number {
    return this.#table.markDeleted(run, remoteIds).length;
  }
}
