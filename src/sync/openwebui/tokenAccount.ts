import * as v from 'valibot';
import type { Credential } from '../engine/syncTypes';
import { optionalId } from './fields';

const claims = v.object({ id: optionalId });

/** The user whom a token names in its payload; undefined: it is a key, or none of Open WebUI's tokens. */
export function accountNamedBy(credential: Credential | undefined): string | undefined {
  if (credential?.kind !== 'token') {
    return undefined;
  }
  const [, payload = ''] = credential.value.split('.');
  try {
    const parsed = v.safeParse(claims, JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return parsed.success ? parsed.output.id : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
