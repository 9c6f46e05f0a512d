import type { EpochSeconds, StreamName } from '../../store/records';

/** One stream of the server against the mirror. */
export interface VerifyArea {
  readonly stream: StreamName;
  /** Objects on the server; absent when it could not be counted, `problem` then says why. */
  readonly server?: number | undefined;
  /** Rows of the mirror that are not marked deleted. */
  readonly mirror: number;
  /** Set when only some were counted, such as the chats of sampled users: the numbers are of those. */
  readonly sampledUsers?: number | undefined;
  readonly problem?: string | undefined;
}

/** One object that is not the same on both sides. */
export interface VerifyDifference {
  readonly stream: StreamName;
  readonly remoteId: string;
  /** Name or title, where the privacy mode keeps one. */
  readonly label?: string | undefined;
  /** `missing`: not in the mirror; `gone`: not on the server; `differs`: in both, but not equal. */
  readonly kind: 'missing' | 'gone' | 'differs';
}

/** What comparing a mirror with its server came to. Nothing was written. */
export interface VerifyReport {
  readonly instanceId: number;
  readonly instanceName: string;
  readonly checkedAt: EpochSeconds;
  readonly serverVersion: string;
  readonly areas: readonly VerifyArea[];
  /** Chats that were fetched whole and compared message by message. */
  readonly sampledChats: number;
  /** At most 100, the first of each stream first. */
  readonly differences: readonly VerifyDifference[];
  /** All that were found. */
  readonly differenceCount: number;
  readonly requests: number;
}
