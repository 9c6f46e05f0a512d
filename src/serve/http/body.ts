import { ProblemError } from './problem';

/** Largest body of a request, in bytes. */
const MAX_BODY = 256 * 1024;
/** So much is read of a body that is too large: a sender sees an answer only once everything was taken. */
const MAX_TAKEN = 8 * 1024 * 1024;

/** The body of a request, which is UTF-8. @throws ProblemError where it is too large, or something else */
export async function bodyText({ body }: Request): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size <= MAX_BODY) {
      parts.push(part);
    } else if (size > MAX_TAKEN) {
      break;
    }
  }
  if (size > MAX_BODY) {
    throw new ProblemError('too_large', { detail: `A body holds at most ${MAX_BODY / 1024} KiB.` });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ProblemError('bad_request', { detail: 'The body is no UTF-8.' });
    }
    throw error;
  }
}
