import type { PrivacyRules } from '../../store/instances/privacy';

export interface IdentityOptions {
  readonly rules: PrivacyRules;
  /** Hash of a server's user id, as the mirror keeps it where ids must not be known. */
  readonly hash: (serverId: string) => string;
  /** Hashes of people who were erased and are not to be mirrored again. */
  readonly erased: readonly string[];
}

/** Something that carries the id of a user. */
interface Owned {
  readonly userRemoteId?: string | undefined;
}

/**
 * Between the server's ids of users and those of the mirror, which are hashes where its privacy mode keeps no
 * identities. Everything inside the engine goes by the mirror's ids; only requests need the server's.
 */
export class Identities {
  readonly #options: IdentityOptions;
  readonly #erased: ReadonlySet<string>;
  readonly #hashes = new Map<string, string>();
  readonly #serverIds = new Map<string, string>();

  constructor(options: IdentityOptions) {
    this.#options = options;
    this.#erased = new Set(options.erased);
  }

  /** Whether this person must not be mirrored. */
  isErased(serverId: string): boolean {
    return this.#erased.size > 0 && this.#erased.has(this.#hashOf(serverId));
  }

  /** The mirror's id of a user; notes the way back. */
  mirrorId(serverId: string): string {
    if (this.#options.rules.keepsIdentities) {
      return serverId;
    }
    const hash = this.#hashOf(serverId);
    this.#serverIds.set(hash, serverId);
    return hash;
  }

  /** What a request must say; undefined for a hash of somebody whom this run has not seen. */
  serverId(mirrorId: string): string | undefined {
    return this.#options.rules.keepsIdentities ? mirrorId : this.#serverIds.get(mirrorId);
  }

  /** The same for somebody whom this run has seen. */
  requireServerId(mirrorId: string): string {
    const serverId = this.serverId(mirrorId);
    if (serverId === undefined) {
      throw new Error('A user was not seen in this run');
    }
    return serverId;
  }

  /** Users, groups' members and the like: by the mirror's ids, without the erased. */
  mirrored(serverIds: readonly string[]): readonly string[] {
    return serverIds
      .filter((serverId) => !this.isErased(serverId))
      .map((serverId) => this.mirrorId(serverId));
  }

  /** A record with its owner's id in the mirror; who was erased owns nothing. */
  owned<T extends Owned>(record: T): T {
    return { ...record, userRemoteId: this.ownerOf(record.userRemoteId) };
  }

  /** The id of an owner in the mirror; undefined for one who was erased. */
  ownerOf(serverId: string | undefined): string | undefined {
    return serverId === undefined || this.isErased(serverId) ? undefined : this.mirrorId(serverId);
  }

  #hashOf(serverId: string): string {
    const known = this.#hashes.get(serverId) ?? this.#options.hash(serverId);
    this.#hashes.set(serverId, known);
    return known;
  }
}
