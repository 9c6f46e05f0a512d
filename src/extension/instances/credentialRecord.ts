import * as v from 'valibot';
import type { Instance } from '../../store/instances/instance';
import type { Credential } from '../../sync/engine/syncTypes';

/** What renews a sign-in; kept only if the user asked for it. */
export interface Login {
  readonly email: string;
  readonly password: string;
}

/** A credential as SecretStorage holds it, with when it was entered (ms since 1970). */
export interface StoredCredential {
  readonly credential: Credential;
  readonly savedAt: number;
  readonly login?: Login | undefined;
}

const secret = v.pipe(v.string(), v.minLength(1));

const schema = v.object({
  version: v.literal(1),
  savedAt: v.number(),
  credential: v.variant('kind', [
    v.object({ kind: v.literal('apiKey'), value: secret }),
    v.object({
      kind: v.literal('token'),
      value: secret,
      expiresAt: v.optional(v.number()),
    }),
  ]),
  login: v.optional(v.object({ email: secret, password: secret })),
});

const PREFIX = 'credential/';

/** Name of an instance's secret: bound to its origin, so that an address elsewhere never gets the key. */
export function secretName(instance: Pick<Instance, 'id' | 'url'>): string {
  return `${PREFIX}${instance.id}/${new URL(instance.url).origin}`;
}

/** The instance that a secret belongs to; undefined for a secret of another kind. */
export function instanceIdOf(name: string): number | undefined {
  const match = /^credential\/(\d+)\//.exec(name);
  return match === null ? undefined : Number(match[1]);
}

export function serializeCredential({ credential, savedAt, login }: StoredCredential): string {
  return JSON.stringify({ version: 1, savedAt, credential, login });
}

/** The stored credential; undefined when the text is none of ours. */
export function parseCredential(text: string): StoredCredential | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) {
    return undefined;
  }
  const { credential, savedAt, login } = parsed.output;
  return { credential, savedAt, ...(login === undefined ? {} : { login }) };
}
