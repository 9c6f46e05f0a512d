/** Does work whose unfinished files are removed also where the process exits in the middle, such as at a second signal. */
export async function removingAtExit<T>(remove: () => void, work: () => Promise<T>): Promise<T> {
  process.once('exit', remove);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
  }
}
