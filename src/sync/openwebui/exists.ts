import type { OpenWebUiClient } from './client';
import { isFailure, type FailureCode } from './failures';

/** Failures of a GET by id that show that the object is there, only not readable. */
const THERE: readonly FailureCode[] = ['serverError', 'tooLarge', 'malformedJson'];

/** Whether the server still has the object at `path`. @throws OpenWebUiError when it does not tell */
export async function exists(client: OpenWebUiClient, path: string): Promise<boolean> {
  try {
    await client.getBytes({ path, presence: 'item' });
    return true;
  } catch (error) {
    if (isFailure(error, 'notFound')) {
      return false;
    }
    if (isFailure(error, ...THERE)) {
      return true;
    }
    throw error;
  }
}
