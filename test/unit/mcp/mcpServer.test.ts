import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import { join } from 'node:path';
import type { ToolName } from '../../../src/assistant/toolTypes';
import { mcpTools } from '../../../src/mcp/toolManifest';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from '../cli/cliStage';
import { startServer, type ServerProcess } from '../cli/serverProcess';

const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli.js');
const company = () => generateCompany({ name: 'fasgpt', users: 5, chats: 12, messages: 40 });
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

const INPUTS: Readonly<Record<ToolName, Record<string, unknown>>> = {
  openwebui_list_instances: {},
  openwebui_get_schema: { tables: ['v_turns'] },
  openwebui_run_query: { sql: 'SELECT COUNT(*) AS people FROM users' },
  openwebui_get_report: { report: 'users', period: 'all' },
  openwebui_get_sync_status: {},
};

/** How a client gets to the server. */
interface Way {
  readonly name: string;
  readonly connect: (client: Client) => Promise<void>;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const stage = new CliStage(company);
let server: ServerProcess | undefined;

const overHttp = (client: Client, token: string, headers: Record<string, string> = {}): Promise<void> => {
  assert.ok(server);
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), {
    // The server ends connections that nothing was asked on for a while, maybe just when the next question is sent.
    requestInit: { headers: { authorization: `Bearer ${token}`, connection: 'close', ...headers } },
  });
  return client.connect(transport);
};

const WAYS: readonly Way[] = [
  {
    name: 'standard input and output',
    connect: (client) =>
      client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: [CLI, 'mcp', '--data', stage.data],
          stderr: 'ignore',
        }),
      ),
    begin: () => Promise.resolve(),
    end: () => Promise.resolve(),
  },
  {
    name: 'HTTP',
    connect: (client) => overHttp(client, server?.token ?? ''),
    begin: async () => {
      server = await startServer(['mcp', '--http', '--data', stage.data]);
    },
    end: async () => {
      assert.equal(await server?.stop(), 0, server?.err());
    },
  },
];

describe('The MCP server', function () {
  this.timeout(120_000);

  before(async () => {
    await stage.set();
    await stage.add();
    await stage.add('closed');
    await stage.ok(['sync', '--all', '--full']);
  });
  after(() => stage.strike());

  const allow = (access: string, name = 'fasgpt'): Promise<string> =>
    stage.ok(['instances', 'ai-access', name, access, '--yes']);

  for (const way of WAYS) {
    describe(`by ${way.name}`, () => {
      const client = new Client({ name: 'tests', version: '1' });
      before(async () => {
        await way.begin();
        await way.connect(client);
      });
      after(async () => {
        await client.close();
        await way.end();
      });
      beforeEach(() => allow('numbers'));

      const call = async (name: string, input: Record<string, unknown> = {}): Promise<CallToolResult> =>
        (await client.callTool({ name, arguments: input })) as CallToolResult;
      const textOf = ({ content }: CallToolResult): string =>
        content.map((part) => (part.type === 'text' ? part.text : '')).join('');

      it('lists the tools of the editor, and says what they are for', async () => {
        const { tools } = await client.listTools();
        assert.deepEqual(tools, mcpTools());
        assert.match(client.getInstructions() ?? '', /openwebui_list_instances/u);
        assert.equal(client.getServerVersion()?.name, 'openwebui-sync');
      });

      it('answers each tool from what is available, and nothing else', async () => {
        for (const [name, input] of Object.entries(INPUTS)) {
          const result = await call(name, input);
          assert.notEqual(result.isError, true, textOf(result));
          assert.ok(textOf(result).length > 40, name);
          assert.doesNotMatch(JSON.stringify(result), /closed"|\bclosed \(|127\.0\.0\.1/u, name);
        }
      });

      it('gives data beside text, of the shape that it declares', async () => {
        // The client holds the data to the schema by itself, and fails where it differs.
        await client.listTools();
        const query = await call('openwebui_run_query', {
          sql: 'SELECT 1 AS a, NULL AS b, 9007199254740993 AS c',
        });
        assert.deepEqual(query.structuredContent, {
          columns: ['a', 'b', 'c'],
          rows: [[1, null, '9007199254740993']],
          is_cut: false,
        });
        const { structuredContent } = await call('openwebui_list_instances');
        const { instances } = structuredContent as {
          readonly instances: readonly { readonly name: string }[];
        };
        assert.deepEqual(
          instances.map(({ name }) => name),
          ['fasgpt'],
        );
      });

      it('is closed at once where access is taken back, and says how to give it', async () => {
        await allow('off');
        for (const [name, input] of Object.entries(INPUTS)) {
          const result = await call(name, input);
          assert.equal(result.isError, true, name);
          assert.match(textOf(result), /openwebui-sync instances ai-access NAME numbers/u, name);
        }
      });

      it('tells what people wrote where that is available as well, and not before', async () => {
        const words = { sql: 'SELECT COUNT(content) AS texts FROM messages' };
        assert.match(textOf(await call('openwebui_run_query', words)), /\n\| 0 \|\n/u);
        await allow('text');
        assert.doesNotMatch(textOf(await call('openwebui_run_query', words)), /\n\| 0 \|\n/u);
      });

      it('tells what is wrong with a call as an answer that a model can act on', async () => {
        const wrong: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
          ['openwebui_run_query', {}, /wrong at sql/u],
          ['openwebui_run_query', { sql: 'SELECT 1', limit: 100_000 }, /wrong at limit/u],
          [
            'openwebui_run_query',
            { sql: 'SELECT nmae FROM users' },
            /no such column: nmae\. Call openwebui_get_schema/u,
          ],
          ['openwebui_run_query', { sql: 'DROP TABLE users' }, /read-only copy/u],
          [
            'openwebui_run_query',
            { sql: 'SELECT COUNT(*) FROM users WHERE role = :role' },
            /:role have no values here\. Write the values into the statement\./u,
          ],
          ['openwebui_get_report', { report: 'reconciliation' }, /wrong at report/u],
          ['openwebui_get_report', { report: 'users', instances: ['closed'] }, /Available: "fasgpt"/u],
          ['openwebui_get_schema', { tables: ['secrets'] }, /There is no table/u],
        ];
        for (const [name, input, sentence] of wrong) {
          const result = await call(name, input);
          assert.equal(result.isError, true);
          assert.match(textOf(result), sentence);
        }
        await assert.rejects(
          call('openwebui_drop_everything'),
          /There is no tool openwebui_drop_everything/u,
        );
      });

      it('says what it does to a client that asks', async () => {
        const told: Progress[] = [];
        const options = { onprogress: (progress: Progress) => told.push(progress) };
        await client.callTool(
          { name: 'openwebui_get_report', arguments: { report: 'users' } },
          undefined,
          options,
        );
        assert.equal(told[0]?.message, 'Building a report of the Open WebUI mirror');
      });

      it('stops a statement whose client has lost interest, and answers the next one', async () => {
        const cancel = new AbortController();
        const started = new Promise<void>((resolve) => {
          const endless = client.callTool(
            { name: 'openwebui_run_query', arguments: { sql: ENDLESS } },
            undefined,
            { signal: cancel.signal, onprogress: () => resolve() },
          );
          endless.catch(() => undefined);
        });
        await started;
        cancel.abort('enough');
        const next = await call('openwebui_run_query', { sql: 'SELECT 42 AS answer' });
        assert.match(textOf(next), /\| 42 \|/u);
      });
    });
  }
});

describe('The MCP server by HTTP', function () {
  this.timeout(120_000);
  before(async () => {
    await stage.set();
    await stage.add();
    server = await startServer(['mcp', '--http', '--data', stage.data]);
  });
  after(async () => {
    await server?.stop();
    await stage.strike();
  });

  it('lets nobody in without the token, by another name, or from a page', async () => {
    const token = server?.token ?? '';
    const refused = async (wrong: string, headers: Record<string, string> = {}): Promise<void> => {
      await assert.rejects(overHttp(new Client({ name: 'tests', version: '1' }), wrong, headers));
    };
    await refused('');
    await refused(`${token}x`);
    await refused(token, { origin: 'https://attacker.example' });
    const statuses = await Promise.all(
      [
        {},
        { authorization: 'Bearer x' },
        { authorization: `Bearer ${token}`, origin: 'https://attacker.example' },
      ].map(
        async (headers) =>
          (await fetch(`${server?.url ?? ''}/mcp`, { method: 'POST', headers, body: '{}' })).status,
      ),
    );
    assert.deepEqual(statuses, [401, 401, 403]);
  });

  it('says while it starts that nothing is available, and how that changes', () => {
    assert.match(server?.err() ?? '', /No instance is available to AI\..*ai-access NAME numbers/u);
  });

  it('knows no session that it did not begin, and survives what is no message', async () => {
    const place = `${server?.url ?? ''}/mcp`;
    const headers = {
      authorization: `Bearer ${server?.token ?? ''}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    const asked = (body: string, more: Record<string, string> = {}): Promise<Response> =>
      fetch(place, { method: 'POST', headers: { ...headers, ...more }, body });
    const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    assert.equal((await asked(list, { 'mcp-session-id': 'made-up' })).status, 404);
    for (const body of ['', '{', '[]', 'null', '{}', list, '{"jsonrpc":"2.0"}', 'x'.repeat(300_000)]) {
      const { status } = await asked(body);
      assert.ok(status >= 400 && status < 500, `${status} to ${body.slice(0, 40)}`);
    }
    assert.equal((await fetch(`${server?.url ?? ''}/other`, { headers })).status, 404);
  });
});
