import type { EpochSeconds } from '../records';

/** Where a backup comes from: the last generations, one a day, before a step that cannot be taken back, put aside. */
export type BackupKind = 'generation' | 'daily' | 'pinned' | 'damaged';

/** What a backup holds of one instance. */
export interface BackupInstance {
  readonly instanceId: number;
  readonly name: string;
  /** Not marked deleted, as trees count them. */
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
  /** Chats that the server has no more: only backups can bring them back. */
  readonly deletedChats: number;
}

/** A file of the data folder from which the mirror may be restored. */
export interface Backup {
  /** Below the data folder, with `/`, such as `daily/2025-11-16.db`: names it to `StoreWriter.restore`. */
  readonly name: string;
  readonly kind: BackupKind;
  /** Number of the generation that it is a copy of; undefined where even that cannot be read. */
  readonly number?: number | undefined;
  readonly writtenAt?: EpochSeconds | undefined;
  /** `user_version`; undefined where it cannot be read. */
  readonly schema?: number | undefined;
  readonly bytes: number;
  /** None where the file cannot be read. */
  readonly instances: readonly BackupInstance[];
  /** Files below `content/` that it needs and that are not there. */
  readonly missingTexts: readonly string[];
  /** It is what is shown now. */
  readonly isNewest: boolean;
  /** Why it cannot be restored, as a sentence. */
  readonly problem?: string | undefined;
}

/** What came of a restore. */
export interface RestoreResult {
  /** Number of the file generation that now holds the backup. */
  readonly generation: number;
  readonly published: true;
  /** Name of the file that keeps what was there before; undefined where there was nothing to keep. */
  readonly before?: string | undefined;
}
