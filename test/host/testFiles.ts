/** Every test file of this folder, loaded in this order. The suite fails when one is missing here. */
export const testFiles: Record<string, () => Promise<unknown>> = {
  'memory.test.ts': () => import('./memory.test'),
  'activation.test.ts': () => import('./activation.test'),
  'commands.test.ts': () => import('./commands.test'),
  'instances.test.ts': () => import('./instances.test'),
  'sync.test.ts': () => import('./sync.test'),
  'privacy.test.ts': () => import('./privacy.test'),
  'space.test.ts': () => import('./space.test'),
  'comparing.test.ts': () => import('./comparing.test'),
  'zone.test.ts': () => import('./zone.test'),
  'backups.test.ts': () => import('./backups.test'),
  'exports.test.ts': () => import('./exports.test'),
  'search.test.ts': () => import('./search.test'),
  'signIn.test.ts': () => import('./signIn.test'),
  'seed.test.ts': () => import('./seed.test'),
  'timer.test.ts': () => import('./timer.test'),
  'activationTime.test.ts': () => import('./activationTime.test'),
};
