import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOOLS } from '../../../src/assistant/tools/allTools';
import { mcpTools } from '../../../src/mcp/toolManifest';

interface Entry {
  readonly name: string;
  readonly modelDescription: string;
  readonly inputSchema: object;
}

const root = join(__dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly languageModelTools: readonly Entry[] };
};

describe('The tools that the MCP server lists', () => {
  it('are those of the editor: names, descriptions and inputs', () => {
    assert.deepEqual(
      mcpTools().map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      manifest.contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
        name,
        description: modelDescription,
        inputSchema,
      })),
    );
  });

  it('have a title in words', () => {
    for (const { title = '' } of mcpTools()) {
      assert.match(title, /^[A-Z][a-z]+ [\w ]+$/u);
      assert.doesNotMatch(title, /%/u);
    }
  });

  it('invite clients to run without a question only what tells no rows', () => {
    const quiet = mcpTools().filter(({ annotations }) => annotations?.readOnlyHint === true);
    assert.deepEqual(
      quiet.map(({ name }) => name),
      TOOLS.filter(({ isAsked }) => !isAsked).map(({ name }) => name),
    );
    assert.deepEqual(
      TOOLS.filter(({ isAsked }) => isAsked).map(({ name }) => name),
      ['openwebui_run_query', 'openwebui_get_report'],
    );
    assert.ok(mcpTools().every(({ annotations }) => annotations?.openWorldHint === false));
  });

  it('say which shape the data of an answer has, where there is some', () => {
    const shapes = mcpTools().filter(({ outputSchema }) => outputSchema !== undefined);
    assert.deepEqual(
      shapes.map(({ name }) => name),
      ['openwebui_list_instances', 'openwebui_run_query', 'openwebui_get_sync_status'],
    );
    assert.ok(shapes.every(({ outputSchema }) => outputSchema?.type === 'object'));
  });
});
