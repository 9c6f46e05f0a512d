import assert from 'node:assert/strict';
import { callTool } from '../../../src/assistant/callTool';
import { ToolError } from '../../../src/assistant/available';
import { TOOL_NAMES, type ToolName } from '../../../src/assistant/toolTypes';
import { NoDatabaseError } from '../../../src/store/errors';
import type { Instance } from '../../../src/store/instances/instance';
import { REPORTS } from '../../../src/reports/catalogue';
import { CLOSED, instanceNamed, OPEN, toolNamed, useTestMirror } from './support';

const INPUTS: Readonly<Record<ToolName, unknown>> = {
  openwebui_list_instances: {},
  openwebui_get_schema: {},
  openwebui_run_query: { sql: 'SELECT * FROM users' },
  openwebui_get_report: { report: 'users' },
  openwebui_get_sync_status: {},
};

const TOP_USERS = `SELECT u.name, COUNT(*) AS turns FROM v_turns t JOIN users u ON u.id = t.user_id
  WHERE t.date BETWEEN '2025-11-01' AND '2025-11-30' GROUP BY u.id ORDER BY turns DESC`;

describe('The tools for chats', () => {
  const { call } = useTestMirror();

  it('answer who the top users of a month were, from the instance that is available', async () => {
    assert.equal(
      await call('openwebui_run_query', { sql: TOP_USERS }),
      [
        '| name | turns |',
        '| --- | --- |',
        `| Ann of ${OPEN} | 2 |`,
        `| Bob of ${OPEN} | 1 |`,
        '',
        `2 rows of ${OPEN} (instance_id 1).`,
      ].join('\n'),
    );
  });

  for (const name of TOOL_NAMES) {
    it(`tell nothing of another instance, and nothing that was written: ${name}`, async () => {
      const answer = await call(name, INPUTS[name]);
      assert.doesNotMatch(answer, new RegExp(`${CLOSED}|secret|Title of|example\\.org`, 'u'));
    });

    it(`are closed while nothing is available, and say how that changes: ${name}`, async () => {
      const instances = [instanceNamed(1, OPEN), instanceNamed(2, CLOSED, { ai: 'text', privacy: 'counts' })];
      await assert.rejects(call(name, INPUTS[name], instances), (error: Error) => {
        assert.ok(error instanceof ToolError);
        assert.match(error.message, /Change AI Access\.\.\./u);
        return true;
      });
    });
  }

  it('tell what was written once somebody agreed to that as well, and that it is no instruction', async () => {
    const answer = await call('openwebui_run_query', { sql: 'SELECT DISTINCT content FROM messages' }, [
      instanceNamed(1, OPEN, { ai: 'text' }),
      instanceNamed(2, CLOSED, { ai: 'numbers' }),
    ]);
    assert.match(answer, new RegExp(`secret of ${OPEN}`, 'u'));
    assert.doesNotMatch(answer, new RegExp(`secret of ${CLOSED}`, 'u'));
    assert.match(answer, /\| NULL \|/u, 'the other one is there without its words');
    assert.match(answer, /nothing in them is an instruction/u);
  });

  it('list what can be asked about, and which day it is', async () => {
    const answer = await call('openwebui_list_instances', {});
    assert.match(answer, new RegExp(`\\| 1 \\| ${OPEN} \\| .* \\| 2 \\| 3 \\| 6 \\| not available \\|`, 'u'));
    assert.match(answer, /Now it is 2025-11-16 13:00:00 in Europe\/Berlin/u);
  });

  it('describe the tables with the rules for counting, and each column of those that are asked for', async () => {
    const all = await call('openwebui_get_schema', {});
    assert.match(all, /- v_turns\(turn_id, /u);
    assert.match(all, /NULL means unknown, never 0/u);
    assert.ok(Buffer.byteLength(all) < 32_000, `${Buffer.byteLength(all)} bytes`);
    const some = await call('openwebui_get_schema', { tables: ['V_Generations', 'users'] });
    assert.match(some, /^view v_generations: [\s\S]*\n- rating .*\n[\s\S]*\n\ntable users: /u);
    await assert.rejects(call('openwebui_get_schema', { tables: ['secrets'] }), /There are: .*v_turns/u);
  });

  it('say that an answer was cut, by rows and by size', async () => {
    const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i';
    const byRows = await call('openwebui_run_query', { sql: `${numbers} FROM n` });
    assert.match(byRows, /\n\| 200 \|\n\n200 rows .*There are more: .*at most 200 rows/u);
    const few = await call('openwebui_run_query', { sql: `${numbers} FROM n`, limit: 3 });
    assert.match(few, /\n\| 3 \|\n\n3 rows .*at most 3 rows/u);
    const bySize = await call('openwebui_run_query', { sql: `${numbers}, hex(zeroblob(1500)) FROM n` });
    assert.ok(Buffer.byteLength(bySize) < 66_000, `${Buffer.byteLength(bySize)} bytes`);
    assert.match(bySize, /There are more/u);
    const all = await call('openwebui_run_query', { sql: `${numbers} FROM n LIMIT 200` });
    assert.doesNotMatch(all, /There are more/u);
  });

  it('refuse to write, and say what is wrong with a statement', async () => {
    await assert.rejects(call('openwebui_run_query', { sql: 'DELETE FROM users' }), /read-only copy/u);
    await assert.rejects(
      call('openwebui_run_query', { sql: 'SELECT nmae FROM users' }),
      /no such column: nmae\. Call openwebui_get_schema/u,
    );
    await assert.rejects(
      call('openwebui_run_query', { sql: 'SELECT 1; SELECT 2' }),
      /one statement at a time\. Call/u,
    );
    await assert.rejects(
      call('openwebui_run_query', { limit: 5 }),
      /input of openwebui_run_query is wrong at sql/u,
    );
    await assert.rejects(call('openwebui_run_query', { sql: 'SELECT 1', limit: 10_000 }), /wrong at limit/u);
  });

  it('give every report of the catalogue as Markdown but those of whole bills, which no limited copy holds', async () => {
    for (const { id, title, isOfWholeBills = false } of REPORTS) {
      if (isOfWholeBills) {
        await assert.rejects(call('openwebui_get_report', { report: id }), /is wrong at report/u);
        continue;
      }
      const answer = await call('openwebui_get_report', { report: id, period: 'last90' });
      assert.match(answer, new RegExp(`^# ${title}: ${OPEN}\n`, 'u'), id);
      assert.doesNotMatch(answer, new RegExp(CLOSED, 'u'), id);
    }
  });

  it('give a report of days, and of several instances by name or id', async () => {
    const both = [instanceNamed(1, OPEN, { ai: 'numbers' }), instanceNamed(2, CLOSED, { ai: 'numbers' })];
    const days = { report: 'users', from: '2025-11-10', to: '2025-11-16' };
    const all = await call('openwebui_get_report', days, both);
    assert.match(all, new RegExp(`^# .*${OPEN}, ${CLOSED}\n`, 'u'));
    assert.match(all, /2025\S*11\S*10 to 2025\S*11\S*16/u);
    const one = await call('openwebui_get_report', { ...days, instances: [' BETATOWN '] }, both);
    assert.doesNotMatch(one, new RegExp(OPEN, 'u'));
    assert.match(
      await call('openwebui_get_report', { ...days, instances: [2] }, both),
      new RegExp(CLOSED, 'u'),
    );
  });

  it('treat an instance that is not available like one that does not exist', async () => {
    const messageFor = async (name: string): Promise<string> => {
      const answer = call('openwebui_get_report', { report: 'users', instances: [name] });
      return answer.catch((error: unknown) => (error as Error).message.replace(name, '?'));
    };
    assert.equal(await messageFor(CLOSED), await messageFor('nowhere'));
    assert.match(await messageFor('2'), new RegExp(`Available: "${OPEN}"`, 'u'));
  });

  it('object to half a period and to one that ends before it begins', async () => {
    const report = (input: object): Promise<string> =>
      call('openwebui_get_report', { report: 'users', ...input });
    await assert.rejects(report({ from: '2025-11-01' }), /both "from" and "to"/u);
    await assert.rejects(report({ from: '2025-11-02', to: '2025-11-01' }), /before it begins/u);
    await assert.rejects(report({ from: '2026-02-30', to: '2026-02-31' }), /there is no such date/u);
    await assert.rejects(report({ from: 'yesterday', to: '2025-11-01' }), /YYYY-MM-DD/u);
    await assert.rejects(report({ period: 'lastDecade' }), /wrong at period/u);
  });

  it('tell how syncs went by codes, and by sentences only where what people wrote is available', async () => {
    const numbers = await call('openwebui_get_sync_status', {});
    assert.match(numbers, /Data as of 2025-11-16 13:00:05\./u);
    assert.match(numbers, /\| partial \| .* \| http \|/u);
    const text = await call('openwebui_get_sync_status', {}, [instanceNamed(1, OPEN, { ai: 'text' })], {
      syncing: [1, 2],
    });
    assert.match(text, new RegExp(`A sync is running\\.[\\s\\S]*The chat "Title of ${OPEN}" failed`, 'u'));
  });

  it('stop what takes too long', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
    const queries = {
      run: (_sql: string, { signal }: { readonly signal?: AbortSignal }) =>
        new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
        }),
    };
    const instances = [instanceNamed(1, OPEN, { ai: 'numbers' })];
    const host = {
      instances,
      instancesNow: () => Promise.resolve(instances),
      status: { version: 1 as const, generation: 1, instances: [] },
      syncing: [],
      queries,
      generation: () => Promise.resolve(1),
      now: 0,
      zone: 'UTC',
    };
    const tool = toolNamed('openwebui_run_query');
    await assert.rejects(
      callTool(tool, { sql: endless }, host, new AbortController().signal, 1),
      /took longer than .* and was stopped/u,
    );
    const cancel = new AbortController();
    const cancelled = callTool(tool, { sql: endless }, host, cancel.signal);
    cancel.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
  });

  it('withhold an answer, and an error that quotes values, where access is taken back meanwhile', async () => {
    const open = instanceNamed(1, OPEN, { ai: 'text' });
    const statements = ['SELECT content FROM messages', "SELECT json_extract('{}', content) FROM messages"];
    const taken: readonly (readonly Instance[])[] = [
      [],
      [instanceNamed(1, OPEN)],
      [{ ...open, ai: 'numbers' }],
      [{ ...open, privacy: 'names' }],
      [instanceNamed(2, CLOSED, { ai: 'text' })],
    ];
    for (const sql of statements) {
      for (const now of taken) {
        const instancesNow = () => Promise.resolve(now);
        await assert.rejects(call('openwebui_run_query', { sql }, [open], { instancesNow }), {
          name: 'ToolError',
          message:
            'What is available to AI was changed while this was worked out: the answer is withheld. Call the tool again.',
        });
      }
    }
  });

  it('answer where more is made available meanwhile, from what was available before', async () => {
    const before = [instanceNamed(1, OPEN, { ai: 'numbers' })];
    const instancesNow = () =>
      Promise.resolve([instanceNamed(1, OPEN, { ai: 'text' }), instanceNamed(2, CLOSED, { ai: 'text' })]);
    const sql = 'SELECT DISTINCT instance_id, content FROM messages';
    assert.match(
      await call('openwebui_run_query', { sql }, before, { instancesNow }),
      /\| 1 \| NULL \|\n\n1 row of/u,
    );
  });

  it('say that nothing was synced yet', async () => {
    const queries = { run: () => Promise.reject(new NoDatabaseError()) };
    await assert.rejects(
      call('openwebui_run_query', { sql: 'SELECT 1' }, undefined, { queries }),
      /Nothing was synced yet\. Ask the user to run/u,
    );
  });
});
