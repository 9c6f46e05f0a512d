import type { SampleVersion } from './versions';

/** What the parts of a sample world ask of the whole. */
export interface WorldContext {
  readonly version: SampleVersion;
  /** Seconds since 1970, UTC. */
  now(): number;
  /** The next id; the order of calls decides which. */
  newId(): string;
}
