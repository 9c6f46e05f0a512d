import type { StreamName } from './records';
import type { ChangeCounts } from './runs';

/** One row that a run wrote, as a preview shows it. */
export interface RowChange {
  readonly stream: StreamName;
  readonly change: 'inserted' | 'updated' | 'deleted';
  readonly remoteId: string;
  /** Name or title, where the privacy mode keeps one. */
  readonly label?: string | undefined;
}

/** What erasing or a stricter privacy mode removes, shown before it happens. */
export interface PurgePlan {
  /** Rows that are erased or emptied, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Names of files below the data folder that are deleted: older generations, dailies, damaged and edited copies. */
  readonly files: readonly string[];
}

/** What came of a purge. */
export interface PurgeResult extends PublishResult {
  /**
   * Names of files that could not be deleted, for example since another program holds them open, and that still hold
   * what was removed. Opening the database for writing tries again.
   */
  readonly filesLeft: readonly string[];
}

/** What came of one chat body. `malformed`: not a whole JSON chat; nothing was written, fetch it again. */
export type ApplyChatResult =
  | {
      readonly outcome: 'applied';
      readonly chats: ChangeCounts;
      readonly messages: ChangeCounts;
      readonly isSettled: boolean;
    }
  | { readonly outcome: 'malformed'; readonly reason: string };

/** What became visible by a publish. */
export interface PublishResult {
  /** Number of the newest file generation. */
  readonly generation: number;
  /** False when nothing had changed. */
  readonly published: boolean;
}

/** What became of the fixed-name copy `openwebui_sync.db`. */
export interface CopyResult {
  /** `held`: another program has it open, tried again at the next refresh; `none`: nothing published yet. */
  readonly fixedName: 'current' | 'replaced' | 'held' | 'none';
  /** Somebody had changed the copy: the file name under which theirs was kept. */
  readonly keptEditedAs?: string | undefined;
  /** Files that were damaged when the database was opened: where they are kept, below the data folder. Said once. */
  readonly putAside?: readonly string[] | undefined;
}
