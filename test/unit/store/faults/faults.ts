import { injectFaults, type Failpoint, type FileStep } from '../../../../src/store/files/failpoints';

/** What the system says of a step that went wrong. */
export function errno(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/** Takes all faults back after each test. Call inside `describe`. */
export function useFaults(): void {
  afterEach(() => {
    injectFaults(undefined);
  });
}

/** Something happens the first time that a failpoint is reached. @returns whether it was */
export function onceAt(point: Failpoint, happens: () => void): () => boolean {
  let wasReached = false;
  injectFaults({
    at: (reached) => {
      if (reached === point && !wasReached) {
        wasReached = true;
        happens();
      }
    },
  });
  return () => wasReached;
}

/** Every such step on a matching file fails until the faults are taken back. */
export function failSteps(steps: readonly FileStep[], code: string, paths = /./u): void {
  injectFaults({
    before: (step, path) => {
      if (steps.includes(step) && paths.test(path)) {
        throw errno(code);
      }
    },
  });
}
