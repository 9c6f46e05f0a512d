import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

/** A token that nobody can guess, as text for a header. */
export function newToken(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** Whether an `Authorization` header carries the token; it takes the same time however much of it is right. */
export function carriesToken(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+) *$/iu.exec(header ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
