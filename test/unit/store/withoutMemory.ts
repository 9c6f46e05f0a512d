/** No large array can be made while `work` runs, as on a machine that is out of memory. */
export function withoutMemory(work: () => void): void {
  const original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(original, {
    construct: (target, args: unknown[]) => {
      if (Number(args[0]) > 1_000_000) {
        throw new RangeError('Array buffer allocation failed');
      }
      return Reflect.construct(target, args) as object;
    },
  });
  try {
    work();
  } finally {
    globalThis.Uint8Array = original;
  }
}
