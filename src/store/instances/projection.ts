import type { Instance } from './instance';
import type { PrivacyMode } from './privacy';

export interface InstanceProjection {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  /** Absent: `full`. */
  readonly privacy?: PrivacyMode | undefined;
  readonly version?: string | undefined;
}

/** What the mirror may know of an instance: not where its credential is found. */
export function projectionOf({ id, name, url, enabled, privacy }: Instance): InstanceProjection {
  return { id, name, url, enabled, privacy };
}
