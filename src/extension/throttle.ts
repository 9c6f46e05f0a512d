/** Runs `action` at most once per `intervalMs`: the first call soon, later ones together at the end of the interval. */
export function throttle(action: () => void, intervalMs: number): { (): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    timer = undefined;
    lastAt = performance.now();
    action();
  };
  const request = (): void => {
    timer ??= setTimeout(run, Math.max(0, lastAt + intervalMs - performance.now()));
  };
  return Object.assign(request, {
    cancel: (): void => {
      clearTimeout(timer);
      timer = undefined;
    },
  });
}
