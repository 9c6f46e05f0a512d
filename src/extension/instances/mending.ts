import type { FailureCode } from '../../sync/openwebui/failures';
import type { Draft, QuestionName, Sequence } from './questions';
import { isSignInFailure } from './signInFailures';

/** The question whose answer mends a failure: the secret for a refused sign-in, else the address. */
export function questionToMend(code: FailureCode, draft: Draft, sequence: Sequence): QuestionName {
  if (code === 'wrongPassword') {
    return 'email';
  }
  const isAboutSecret = isSignInFailure(code) || code === 'endpointNotAllowed' || code === 'forbidden';
  if (isAboutSecret || !sequence.needsInstance) {
    // Where the way of signing in is at fault, another key does not help.
    const needsOtherWay = code === 'apiKeysOff' || code === 'secondFactor';
    return needsOtherWay ? 'method' : draft.method === 'password' ? 'email' : 'apiKey';
  }
  return 'url';
}
