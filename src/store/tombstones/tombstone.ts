import * as v from 'valibot';
import { PRIVACY_MODES, type PrivacyMode } from '../instances/privacy';

/** What was removed for good: somebody, what a stricter privacy mode excludes, or an instance. */
export type Removal =
  | {
      readonly kind: 'person';
      readonly instanceId: number;
      /** `users.id` that the account had. */
      readonly userId: number;
    }
  | { readonly kind: 'privacy'; readonly instanceId: number; readonly mode: PrivacyMode }
  | { readonly kind: 'instance'; readonly instanceId: number };

/** A removal that is to be carried out wherever rows of the mirror were copied to. */
export type Tombstone = Removal & {
  /** Drawn at random. */
  readonly id: number;
  /** Seconds since 1970, UTC. */
  readonly at: number;
};

const integer = v.pipe(v.number(), v.integer());
const common = { id: integer, instanceId: integer, at: integer };

const tombstone = v.variant('kind', [
  v.object({ ...common, kind: v.literal('person'), userId: integer }),
  v.object({ ...common, kind: v.literal('privacy'), mode: v.picklist(PRIVACY_MODES) }),
  v.object({ ...common, kind: v.literal('instance') }),
]) satisfies v.GenericSchema<unknown, Tombstone>;

/** All tombstones of a database, as the names of {@link Tombstone} say them; the same on PostgreSQL. */
export const TOMBSTONES = `
  SELECT id, kind, instance_id AS "instanceId", user_id AS "userId", mode, created_at_epoch AS at
  FROM tombstones WHERE is_deleted = 0 ORDER BY created_at_epoch, id`;

/** @param rows as {@link TOMBSTONES} gives them */
export function parseTombstones(rows: unknown): readonly Tombstone[] {
  return v.parse(v.array(tombstone), rows);
}
