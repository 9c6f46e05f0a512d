import { CancelledError, isCancel } from '../../errors';
import { withCancel } from '../../withCancel';

/** What Azure answered, or why it did not. */
export type AzureAnswer<T> = { readonly value: T } | { readonly failure: unknown };

/** Asks Azure while somebody waits and may cancel. @throws CancelledError */
export async function askAzure<T>(
  title: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<AzureAnswer<T>> {
  try {
    return { value: await withCancel(title, (signal) => ask(signal)) };
  } catch (failure) {
    if (wasCancelled(failure)) {
      throw new CancelledError();
    }
    return { failure };
  }
}

/** Whether a person stopped it: here, or in the editor's dialog, which comes as the cause of a failed sign-in. */
export function wasCancelled(error: unknown): boolean {
  return (
    isCancel(error) || (error instanceof Error && error.cause !== undefined && wasCancelled(error.cause))
  );
}
