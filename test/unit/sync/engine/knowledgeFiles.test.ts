import assert from 'node:assert/strict';
import { useMirroring, type Mirroring } from './harness';

describe('the files of knowledge bases', () => {
  const mirroring = useMirroring();

  /** Two bases of which the server lists the newer one first, and a file in the older one. */
  async function withTwoBases(): Promise<{ m: Mirroring; older: string; newer: string; fileId: string }> {
    const m = await mirroring().start();
    const { library } = m.world;
    const file = library.addFile({ filename: 'handbook.pdf' });
    const older = m.at(-200, () => library.addKnowledge({ name: 'Older', fileIds: [file.id] }));
    const newer = m.at(-100, () => library.addKnowledge({ name: 'Newer' }));
    await m.sync({ kind: 'full' });
    return { m, older: older.id, newer: newer.id, fileId: file.id };
  }

  const LINKS = `SELECT f.filename, k.name FROM files f
    LEFT JOIN knowledge_bases k ON k.id = f.knowledge_base_id ORDER BY 1`;

  it('follow to another base in one sync, whichever base is read first', async () => {
    const { m, older, newer, fileId } = await withTwoBases();
    m.world.library.setKnowledgeFiles(older, []);
    m.world.library.setKnowledgeFiles(newer, [fileId]);
    await m.sync();
    assert.deepEqual(await m.rows(LINKS), [['handbook.pdf', 'Newer']]);
  });

  it('are counted where only their base lists them', async () => {
    const { m, older, fileId } = await withTwoBases();
    const { library } = m.world;
    library.setKnowledgeFiles(older, [fileId, library.addFile({ filename: 'new.txt' }).id]);
    const withoutNewest = (body: unknown): unknown => ({
      items: (body as { items: readonly unknown[] }).items.slice(0, 1),
      total: 1,
    });
    m.server.fail('/api/v1/files/', { kind: 'rewrite', change: withoutNewest });
    const run = await m.sync();
    const files = run.streams.find(({ stream }) => stream === 'files');
    assert.deepEqual([files?.status, files?.counts.inserted, files?.counts.seen], ['ok', 1, 2]);
  });

  it('move to the other base when theirs is deleted, whichever base is read first', async () => {
    const { m, older, newer, fileId } = await withTwoBases();
    m.world.library.setKnowledgeFiles(newer, [fileId]);
    m.world.library.removeKnowledge(older);
    await m.sync();
    assert.deepEqual(await m.rows(LINKS), [['handbook.pdf', 'Newer']]);
  });
});
