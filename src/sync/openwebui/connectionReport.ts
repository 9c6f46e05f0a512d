import type { FailureCode } from './failures';

/** Areas of a server that a sync reads, in the order in which they are probed. */
export const AREAS = ['users', 'groups', 'chats', 'feedback', 'models', 'knowledge_bases', 'files'] as const;
export type Area = (typeof AREAS)[number];

/** One way in which a connection or an area fails, with the sentence to show. */
export interface ConnectionProblem {
  readonly code: FailureCode;
  /** What is wrong and what to do next; no secrets. */
  readonly message: string;
}

/** Whether the credential may read one area. */
export type AreaAccess =
  | { readonly area: Area; readonly access: 'readable' }
  | {
      readonly area: Area;
      readonly access: 'refused' | 'unsupported' | 'failed';
      readonly problem: ConnectionProblem;
    }
  /** Nothing to try it on, such as a server without chats. */
  | { readonly area: Area; readonly access: 'untested' };

/** What the first sync is about to cost; chats are extrapolated from a sample. */
export interface FirstSyncEstimate {
  readonly users: number;
  readonly chats: number;
  readonly calls: number;
  readonly minutes: number;
}

/** Result of testing a connection. `problem` is set when nothing can be synced. */
export interface ConnectionReport {
  readonly ok: boolean;
  readonly url: string;
  /** Known once the address answered as an Open WebUI. */
  readonly version?: string | undefined;
  readonly problem?: ConnectionProblem | undefined;
  readonly areas: readonly AreaAccess[];
  /** How far the server's clock is ahead, in ms; undefined when no answer told. */
  readonly skewMs?: number | undefined;
  readonly estimate?: FirstSyncEstimate | undefined;
}
