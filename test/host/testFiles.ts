/** Every test file of this folder, loaded in this order. The suite fails when one is missing here. */
export const testFiles: Record<string, () => Promise<unknown>> = {
  'activation.test.ts': () => import('./activation.test'),
};
