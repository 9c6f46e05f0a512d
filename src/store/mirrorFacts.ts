import type { EpochSeconds, StreamName } from './records';

/** A user as the mirror holds him. */
export interface KnownUser {
  readonly remoteId: string;
  readonly lastActiveAt?: EpochSeconds | undefined;
  readonly isDeleted: boolean;
}

/** A chat as the mirror holds it: what decides whether it must be fetched. */
export interface KnownChat {
  readonly remoteId: string;
  readonly updatedAt?: EpochSeconds | undefined;
  /** Title of the chat list at the last fetch (0.12 moves no `updated_at` for a rename). */
  readonly listTitle?: string | undefined;
  /** False: an answer was still running at the last fetch. */
  readonly isSettled: boolean;
  readonly fetchedAt?: EpochSeconds | undefined;
  readonly isDeleted: boolean;
}

/** Where a stream stands. `scope` is '' for the instance or a user's remote id. */
export interface StreamState {
  readonly stream: StreamName;
  readonly scope: string;
  readonly mark?: EpochSeconds | undefined;
  readonly walkJson?: string | undefined;
  readonly lastCompleteAt?: EpochSeconds | undefined;
  /** Set while the stream cannot be read; its rows stay. */
  readonly problem?: KnownProblem | undefined;
}

/** Why a stream cannot be read, since when, and when that was last tried. */
export interface KnownProblem {
  readonly code: string;
  readonly since: EpochSeconds;
  readonly triedAt: EpochSeconds;
}

/** What is known of an instance before its next run starts: what that run will look at, and whether it may start. */
export interface InstanceFacts {
  readonly users: number;
  readonly chats: number;
  readonly knowledgeBases: number;
  readonly files: number;
  /** Users with activity in the 24 h before the last run: what a usual run looks at. */
  readonly recentlyActiveUsers: number;
  /** A run has read all chats before, or was told that it may not; without it every sync is a full one. */
  readonly hasBeenRead: boolean;
  readonly lastCompleteWalkAt?: EpochSeconds | undefined;
  /** Start of the last run that was to look at everybody, whatever came of it. */
  readonly lastCompleteTryAt?: EpochSeconds | undefined;
  readonly serverVersion?: string | undefined;
  /** Failed runs in a row. */
  readonly failures: number;
  /** The timer must leave the server alone until then. */
  readonly nextAllowedAt?: EpochSeconds | undefined;
}

/** How an instance's server did lately; kept over runs and windows. */
export interface InstanceHealth {
  readonly failures: number;
  readonly nextAllowedAt?: EpochSeconds | undefined;
}

/** Why deletions were held back. */
export type HoldReason = 'many' | 'emptied' | 'serverReplaced' | 'serverRestored';

/** Streams that are walked as a whole. */
export type WholeStream = 'groups' | 'feedback' | 'models' | 'knowledge_bases' | 'files';

/** Streams whose rows are marked deleted by their own id; messages go with their chat. */
export type DeletableStream = Exclude<StreamName, 'messages'>;
