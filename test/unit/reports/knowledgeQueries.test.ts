import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knowledgeReport } from '../../../src/reports/knowledge/knowledgeReport';
import { nativeSqlite } from '../store/nativeSqlite';
import { TestMirror, at } from './mirror';
import { report } from './reading';

describe('The queries of the report on knowledge and files', () => {
  it('give the same rows in any SQL tool', async function () {
    const ask = nativeSqlite() ?? this.skip();
    const mirror = await TestMirror.create();
    const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
    try {
      const instance = mirror.instance('fasgpt');
      const chat = mirror.chat(mirror.user(instance, 'Ann'));
      const base = mirror.base(instance, 'law');
      mirror.file(instance, 'a.txt', { size: 100, base });
      mirror.file(instance, 'b.txt', { size: 20 });
      const question = mirror.message(chat, at('2026-03-02 10:00'));
      const answer = mirror.message(chat, at('2026-03-02 10:01'), { role: 'assistant', parent: question });
      mirror.uses(answer, 'file', 'cited', 'file-a.txt');
      mirror.uses(answer, 'tool', 'called', 'get_time', 2);
      const model = await report(mirror, { definition: knowledgeReport });
      const path = join(folder, 'mirror.db');
      writeFileSync(path, mirror.bytes());
      assert.deepEqual(
        model.queries.map(({ id }) => id).sort(),
        Object.keys(knowledgeReport.datasets).sort(),
        'each is there',
      );
      for (const { id, sql } of model.queries) {
        const shown = model.datasets[id] ?? [];
        const fields = Object.keys(shown[0] ?? {}).map((name) => `'${name}', "${name}"`);
        const lines = ask(path, `SELECT json_object(${fields.join(', ')}) FROM (${sql}\n)`);
        const rows = lines.split('\n').filter((line) => line !== '' && line !== '{}');
        assert.deepEqual(
          rows.map((row) => JSON.parse(row) as unknown),
          shown,
          id,
        );
      }
    } finally {
      mirror.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});
