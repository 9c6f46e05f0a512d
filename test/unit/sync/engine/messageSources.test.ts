import assert from 'node:assert/strict';
import { useMirroring, type Mirroring } from './harness';

const USED = `SELECT s.kind, s.use, COALESCE(f.filename, k.name, s.remote_id), kb.name
  FROM v_sources s
  LEFT JOIN files f ON f.id = s.file_id
  LEFT JOIN knowledge_bases k ON s.kind = 'knowledge' AND k.id = s.knowledge_base_id
  LEFT JOIN knowledge_bases kb ON kb.id = s.knowledge_base_id
  ORDER BY 1, 2, 3`;

describe('What messages use, after a sync', () => {
  const mirroring = useMirroring();

  /** A base with a file, asked in a chat that carries another file and calls a tool. */
  async function asked(
    version: '0.6.36' | '0.12.4',
  ): Promise<{ m: Mirroring; chatId: string; answerId: string }> {
    const m = await mirroring(version).start();
    const { library, chats } = m.world;
    const handbook = library.addFile({ filename: 'handbook.pdf' });
    const plan = library.addFile({ filename: 'plan.pdf' });
    const base = library.addKnowledge({ name: 'Rules', fileIds: [handbook.id] });
    const [chatId = ''] = m.addUser('bob', 1).chatIds;
    const question = chats.addMessage(chatId, {
      role: 'user',
      content: 'May I?',
      files: [{ type: 'file', id: plan.id, name: 'plan.pdf' }],
    });
    const answer = chats.addMessage(chatId, {
      role: 'assistant',
      parentId: question.id,
      content: 'You may.',
      model: 'gpt-x',
      done: true,
      sources: [
        {
          source: { type: 'collection', id: base.id, name: 'Rules' },
          document: ['Everybody may.'],
          metadata: [{ file_id: handbook.id, name: 'handbook.pdf', source: 'handbook.pdf' }],
        },
      ],
      output: [{ type: 'function_call', name: 'get_weather', arguments: '{}' }],
    });
    return { m, chatId, answerId: answer.id };
  }

  for (const version of ['0.6.36', '0.12.4'] as const) {
    it(`leads to the files and bases that ${version} lists`, async () => {
      const { m } = await asked(version);
      await m.sync({ kind: 'full' });
      assert.deepEqual(await m.rows(USED), [
        ['file', 'attached', 'plan.pdf', null],
        ['file', 'cited', 'handbook.pdf', 'Rules'],
        ['knowledge', 'cited', 'Rules', 'Rules'],
        ['tool', 'called', 'get_weather', null],
      ]);
      assert.equal(await m.count('chats', 'has_sources = 0'), 0);
    });
  }

  it('leads nowhere once a file is gone from the mirror’s list, and stays counted', async () => {
    const { m } = await asked('0.12.4');
    const plan = m.world.library.files().find(({ filename }) => filename === 'plan.pdf');
    m.world.library.removeFile(plan?.id ?? '');
    await m.sync({ kind: 'full' });
    assert.equal(await m.count('v_sources', "use = 'attached' AND file_id IS NULL"), 1);
  });

  it('follows an answer that is generated anew, without a trace of what it no longer uses', async () => {
    const { m, chatId, answerId } = await asked('0.12.4');
    await m.sync({ kind: 'full' });
    const answer = m.world.chats.message(chatId, answerId);
    answer['sources'] = [];
    answer['output'] = [{ type: 'function_call', name: 'get_time', arguments: '{}' }];
    m.world.chats.addTurn(chatId);
    await m.sync();
    assert.deepEqual(await m.rows(`SELECT kind, remote_id FROM v_sources WHERE use <> 'attached'`), [
      ['tool', 'get_time'],
    ]);
  });
});
