import * as v from 'valibot';
import type { EpochSeconds } from '../../store/records';
import { epochSeconds } from './epochs';
import { wellFormed } from './text';

/**
 * Schemas of single fields. A field of the wrong type is as good as absent: only an unusable id makes a row
 * unusable, and fields that we do not know never matter.
 */

/** A required id; servers and imports may write it as a number. */
export const id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.integer())]),
  v.transform((value) => wellFormed(String(value))),
  v.minLength(1),
);

export const optionalId = v.fallback(v.optional(id), undefined);

export const text = v.fallback(v.optional(v.pipe(v.string(), v.transform(wellFormed))), undefined);

/** Ids of other objects; a list with an unusable one is as good as absent. */
export const ids = v.fallback(v.optional(v.array(id)), undefined);

/** Texts of a list; others in it are left out. */
export const texts = v.fallback(
  v.optional(
    v.pipe(
      v.array(text),
      v.transform((values) => values.filter((value) => value !== undefined)),
    ),
  ),
  undefined,
);

export const flag = v.fallback(v.optional(v.boolean()), undefined);

export const count = v.fallback(v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), undefined);

/** A time in any unit that servers use, as whole seconds. */
export const time = v.pipe(
  v.optional(v.unknown()),
  v.transform((value): EpochSeconds | undefined => epochSeconds(value)),
);
