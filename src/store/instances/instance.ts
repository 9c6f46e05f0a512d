import type { AiAccess } from './aiAccess';
import type { PrivacyMode } from './privacy';

/** One Open WebUI server as `instances.json` keeps it: everything but its credential. */
export interface Instance {
  /** Stable number, also `instances.id` in the database; never used again after removal. */
  readonly id: number;
  /** Shown name, unique without regard to case. */
  readonly name: string;
  /** Base URL as typed, without a trailing slash; its path is kept. */
  readonly url: string;
  readonly enabled: boolean;
  /** What its mirror may hold of people and their words; absent: `full`. */
  readonly privacy?: PrivacyMode | undefined;
  /** What chats with a language model may read of it, as a person agreed; absent: nothing. See `aiAccessOf`. */
  readonly ai?: AiAccess | undefined;
  /** How the command line finds the credential; the editor uses its secret storage. */
  readonly credential?: CredentialSource | undefined;
}

/** Names of places, never secrets. */
export type CredentialSource =
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string };

/** Content of `instances.json` (0600, replaced by temp + rename). */
export interface InstancesFile {
  readonly version: 1;
  /** IANA name; taken from the first host, changed only by the user's command. */
  readonly zone: string;
  readonly nextId: number;
  /** Random, base64url: makes hashed user ids of mode `counts` useless elsewhere. Made when first needed. */
  readonly salt?: string | undefined;
  readonly instances: readonly Instance[];
}
