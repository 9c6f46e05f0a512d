import * as v from 'valibot';
import type { Credential } from '../engine/syncTypes';
import type { OpenWebUiClient } from './client';
import { text, time } from './fields';
import { SIGN_IN_PATH, VERSION_PATH } from './routes';

const versionAnswer = v.object({ version: v.pipe(v.string(), v.minLength(1)) });
const signInAnswer = v.object({ token: text, expires_at: time });

/** The server's version, which needs no credential. @throws OpenWebUiError `notOpenWebUi`, ... */
export async function readVersion(client: OpenWebUiClient): Promise<string> {
  const answer = v.safeParse(versionAnswer, await client.getJson({ path: VERSION_PATH }));
  if (!answer.success) {
    throw client.failure('notOpenWebUi');
  }
  return answer.output.version;
}

/**
 * Turns an e-mail and a password into a token; tried once.
 * @throws OpenWebUiError `wrongPassword`, `secondFactor` (the server wants more than a password), `rateLimited`, ...
 */
export async function signIn(client: OpenWebUiClient, email: string, password: string): Promise<Credential> {
  const answer = v.safeParse(signInAnswer, await client.postSignIn(email, password));
  if (!answer.success) {
    throw client.failure('unexpectedAnswer', { path: SIGN_IN_PATH });
  }
  const { token, expires_at: expiresAt } = answer.output;
  if (token === undefined || token === '') {
    throw client.failure('secondFactor');
  }
  return { kind: 'token', value: token, expiresAt };
}
