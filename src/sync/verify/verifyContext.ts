import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { PrivacyRules } from '../../store/instances/privacy';
import type { StreamName } from '../../store/records';
import type { Identities } from '../engine/identities';
import type { Clock, RequestPolicy } from '../engine/syncTypes';
import type { OpenWebUiClient } from '../openwebui/client';
import type { Differences } from './differences';

/** How far a comparison is. */
export interface VerifyProgress {
  readonly stream: StreamName;
  readonly done: number;
  readonly total?: number | undefined;
}

/** What comparing one mirror with its server works with. */
export interface VerifyContext {
  readonly instance: Instance;
  readonly client: OpenWebUiClient;
  /** Of a throw-away copy of the mirror. */
  readonly writer: MirrorWriter;
  /** The run, known to that copy alone, under which the writer is asked. */
  readonly runId: string;
  readonly identities: Identities;
  /** What names may be shown. */
  readonly privacy: PrivacyRules;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly differences: Differences;
  /** From 0 up to 1: which users and chats are looked at. */
  readonly random: () => number;
  readonly progress: (progress: VerifyProgress) => void;
}
