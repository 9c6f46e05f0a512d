import * as v from 'valibot';
import type { CredentialSource } from './instance';

const text = v.pipe(v.string(), v.nonEmpty());

/** What files of the data folder say of a key, password or secret: where it is, never what it is. */
export const credentialSource = v.variant('kind', [
  v.object({ kind: v.literal('environment'), variable: text }),
  v.object({ kind: v.literal('file'), path: text }),
]) satisfies v.GenericSchema<unknown, CredentialSource>;
