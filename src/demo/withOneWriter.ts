import type { StoreWriter } from '../store/mirrorWriter';
import type { PublishResult } from '../store/writeResults';

/**
 * Hands one writer to all sessions of a work and publishes once at its end: nobody looks at a demo before it is whole, and
 * each generation takes longer than what is written into it.
 * @throws what the work throws; nothing is published then
 */
export async function withOneWriter(
  open: () => Promise<StoreWriter>,
  work: (writer: StoreWriter) => Promise<void>,
): Promise<void> {
  const writer = await open();
  try {
    let last: PublishResult = { generation: 0, published: false };
    await work({
      ...writer,
      applyAnalysis: async (analysis) => (last = await writer.applyAnalysis(analysis)),
      publish: () => Promise.resolve({ ...last, published: false }),
      refreshCopies: () => Promise.resolve({ fixedName: 'none' }),
      close: () => Promise.resolve(),
    });
    await writer.publish();
    await writer.refreshCopies();
  } finally {
    await writer.close();
  }
}
