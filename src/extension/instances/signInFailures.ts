import type { FailureCode } from '../../sync/openwebui/failures';

const CODES: readonly FailureCode[] = [
  'keyMissing',
  'keyRejected',
  'keyExpired',
  'apiKeysOff',
  'notAdmin',
  'wrongPassword',
  'secondFactor',
];
const known: ReadonlySet<string> = new Set(CODES);

/** Whether only another credential mends this failure: asking again with the same one is pointless. */
export function isSignInFailure(code: string | undefined): boolean {
  return code !== undefined && known.has(code);
}
