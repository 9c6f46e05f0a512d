import { createHook, executionAsyncResource } from 'node:async_hooks';
import { promiseHooks } from 'node:v8';

/** The times at which the event loop called into JavaScript. */
export class TaskStarts {
  /** Microseconds of the clock that CPU profiles go by, ascending. */
  readonly times: number[] = [];
  #depth = 0;
  readonly #hook = createHook({
    before: () => {
      if (this.#depth === 0 && !isTick(executionAsyncResource())) {
        this.times.push(Number(process.hrtime.bigint() / 1000n));
      }
      this.#depth += 1;
    },
    after: () => {
      this.#depth = Math.max(0, this.#depth - 1);
    },
  });

  start(): void {
    this.#hook.enable();
    // The hook would follow each promise, which costs more than what is measured. Both share one place: this empties it.
    const stopFollowing = promiseHooks.onInit(() => undefined) as () => void;
    stopFollowing();
  }

  stop(): void {
    this.#hook.disable();
  }
}

/** What `process.nextTick` was given belongs to the callback that gave it. */
function isTick(resource: object): boolean {
  return 'callback' in resource && 'args' in resource;
}
