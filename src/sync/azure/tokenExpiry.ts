/** How long a token is used that does not say when it ends. */
const UNKNOWN_LIFE_MS = 5 * 60_000;

/**
 * When a token ends, in ms since 1970: what its `exp` says, else five minutes from now. Never NaN or 0, which Azure's SDK
 * takes for "never refresh" and "ask each time".
 */
export function expiryOf(token: string, now: number = Date.now()): number {
  const seconds = claimedEnd(token);
  return seconds === undefined ? now + UNKNOWN_LIFE_MS : seconds * 1000;
}

/** The `exp` of a JSON web token, in seconds; undefined for any other text. */
function claimedEnd(token: string): number | undefined {
  const [, body] = token.split('.');
  if (body === undefined) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    const end = typeof claims === 'object' && claims !== null && 'exp' in claims ? Number(claims.exp) : 0;
    return Number.isFinite(end) && end > 0 ? end : undefined;
  } catch {
    // An opaque token: others than the service cannot read it.
    return undefined;
  }
}
