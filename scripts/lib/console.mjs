const begunAt = Date.now();

/** A failure the reader can act on: its message is printed as it is, without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/**
 * Prints one step with the time since the command began.
 * @param {string} text
 */
export function say(text) {
  const elapsed = ((Date.now() - begunAt) / 1000).toFixed(1).padStart(5);
  console.log(`[${elapsed} s] ${text}`);
}

/**
 * Prints a failure: a `SetupError` as its sentence, anything else with its stack.
 * @param {unknown} error
 */
export function sayFailure(error) {
  if (error instanceof SetupError) {
    console.error(`\n${error.message}`);
  } else {
    console.error(error);
  }
}
