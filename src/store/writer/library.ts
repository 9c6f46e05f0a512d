import type { FileRecord, KnowledgeBaseRecord, ModelRecord } from '../records';
import type { ChangeCounts } from '../runs';
import { ChangeTally, EntityTable, type TableOf } from './entityTable';
import { keptOfFile, keptOfKnowledgeBase, keptOfModel } from './privateRecords';
import { stamp, type RunContext, type Session } from './session';
import type { UserTable } from './users';

const MODELS = {
  table: 'models',
  key: 'model_id',
  columns: ['name', 'base_model_id', 'owner', 'source', 'is_active'],
  times: ['created_at', 'updated_at'],
  keepsUnknown: false,
} as const;

const KNOWLEDGE_BASES = {
  table: 'knowledge_bases',
  key: 'remote_id',
  columns: ['name', 'description', 'user_id'],
  times: ['created_at', 'updated_at'],
  keepsUnknown: false,
} as const;

const FILES = {
  table: 'files',
  key: 'remote_id',
  columns: ['filename', 'content_type', 'size', 'user_id'],
  times: ['created_at', 'updated_at'],
  keepsUnknown: true,
} as const;

/** Streams of {@link LibraryTables}. */
export type LibraryStream = 'models' | 'knowledge_bases' | 'files';

/** The tables `models`, `knowledge_bases` and `files`. */
export class LibraryTables {
  readonly #session: Session;
  readonly #users: UserTable;
  readonly #models: TableOf<typeof MODELS>;
  readonly #bases: TableOf<typeof KNOWLEDGE_BASES>;
  readonly #files: TableOf<typeof FILES>;

  constructor(session: Session, users: UserTable) {
    this.#session = session;
    this.#users = users;
    this.#models = new EntityTable(session, MODELS);
    this.#bases = new EntityTable(session, KNOWLEDGE_BASES);
    this.#files = new EntityTable(session, FILES);
  }

  applyModels(run: RunContext, models: readonly ModelRecord[]): ChangeCounts {
    const tally = new ChangeTally();
    for (const model of models) {
      const { modelId, name, baseModelId, owner, source, isActive, createdAt, updatedAt } = keptOfModel(
        run.rules,
        model,
      );
      const values = { name, base_model_id: baseModelId, owner, source, is_active: isActive ? 1 : 0 };
      const times = { created_at: createdAt, updated_at: updatedAt };
      tally.add(this.#models.apply(run, modelId, { values, times }).change);
    }
    return tally.counts();
  }

  applyKnowledgeBases(run: RunContext, bases: readonly KnowledgeBaseRecord[]): ChangeCounts {
    const tally = new ChangeTally();
    for (const told of bases) {
      const base = keptOfKnowledgeBase(run.rules, told);
      const { remoteId, name, description, fileRemoteIds, createdAt, updatedAt } = base;
      const values = { name, description, user_id: this.#users.ownerOf(run, base) };
      const times = { created_at: createdAt, updated_at: updatedAt };
      const { id, change } = this.#bases.apply(run, remoteId, { values, times });
      tally.add(change);
      if (fileRemoteIds !== undefined) {
        this.#linkFiles(run, id, fileRemoteIds);
      }
    }
    return tally.counts();
  }

  /** @param knowledgeBaseId remote id of the base whose files these all are. */
  applyFiles(run: RunContext, files: readonly FileRecord[], knowledgeBaseId?: string): ChangeCounts {
    const tally = new ChangeTally();
    for (const told of files) {
      const file = keptOfFile(run.rules, told);
      const { remoteId, filename, contentType, size, createdAt, updatedAt } = file;
      const values = { filename, content_type: contentType, size, user_id: this.#users.ownerOf(run, file) };
      const times = { created_at: createdAt, updated_at: updatedAt };
      tally.add(this.#files.apply(run, remoteId, { values, times }).change);
    }
    const baseId =
      knowledgeBaseId === undefined ? undefined : this.#bases.idOf(run.instanceId, knowledgeBaseId);
    if (baseId !== undefined) {
      this.#linkFiles(
        run,
        baseId,
        files.map(({ remoteId }) => remoteId),
      );
    }
    return tally.counts();
  }

  /** See {@link EntityTable.rehash}. */
  rehash(instanceId: number): void {
    for (const table of [this.#models, this.#bases, this.#files]) {
      table.rehash(instanceId);
    }
  }

  /** @returns how many rows were not marked yet. */
  markDeleted(run: RunContext, stream: LibraryStream, keys: readonly string[]): number {
    const table = { models: this.#models, knowledge_bases: this.#bases, files: this.#files }[stream];
    const marked = table.markDeleted(run, keys);
    if (stream === 'files') {
      this.#leaveBases(run, marked);
    }
    return marked.length;
  }

  /** A base counts living files, also before its own list is read again. */
  #leaveBases(run: RunContext, deletedFiles: readonly string[]): void {
    const ids = JSON.stringify(deletedFiles);
    this.#session.database.run(
      `UPDATE knowledge_bases SET file_count = max(0, file_count - gone.files), sync_datetime = ?, sync_datetime_epoch = ?
       FROM (SELECT knowledge_base_id, count(*) AS files FROM files
             WHERE instance_id = ? AND remote_id IN (SELECT value FROM json_each(?)) GROUP BY 1) gone
       WHERE knowledge_bases.id = gone.knowledge_base_id`,
      [...stamp(this.#session), run.instanceId, ids],
    );
  }

  /** A file's first living base keeps it, so that a file of two bases does not change at each sync. */
  #linkFiles(run: RunContext, baseId: number, fileRemoteIds: readonly string[]): void {
    const { database } = this.#session;
    const ids = JSON.stringify([...new Set(fileRemoteIds)]);
    database.run(
      `UPDATE files SET knowledge_base_id = ?, sync_datetime = ?, sync_datetime_epoch = ?
       WHERE instance_id = ? AND remote_id IN (SELECT value FROM json_each(?))
         AND knowledge_base_id IS NOT ?
         AND (knowledge_base_id IS NULL
           OR (SELECT b.is_deleted FROM knowledge_bases b WHERE b.id = files.knowledge_base_id) = 1)`,
      [baseId, ...stamp(this.#session), run.instanceId, ids, baseId],
    );
    database.run(
      `UPDATE files SET knowledge_base_id = NULL, sync_datetime = ?, sync_datetime_epoch = ?
       WHERE instance_id = ? AND knowledge_base_id = ? AND remote_id NOT IN (SELECT value FROM json_each(?))`,
      [...stamp(this.#session), run.instanceId, baseId, ids],
    );
    database.run(
      `UPDATE knowledge_bases SET file_count = json_array_length(?), sync_datetime = ?, sync_datetime_epoch = ?
       WHERE id = ? AND file_count <> json_array_length(?)`,
      [ids, ...stamp(this.#session), baseId, ids],
    );
  }
}
