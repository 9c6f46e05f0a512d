import type { LoggedRequest } from '../faults';

/** A request in the service's log. */
export interface AzureRequest extends LoggedRequest {
  /** Parsed; undefined: none. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}
