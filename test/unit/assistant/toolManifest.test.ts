import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOOLS } from '../../../src/assistant/tools/allTools';
import { TOOL_NAMES } from '../../../src/assistant/toolTypes';
import { REPORTS } from '../../../src/reports/catalogue';
import { PERIOD_PRESETS } from '../../../src/reports/period';

interface InputSchema {
  readonly properties: Readonly<
    Record<string, { readonly enum?: readonly string[]; readonly description?: string }>
  >;
  readonly required?: readonly string[];
  readonly additionalProperties: boolean;
}

interface ToolEntry {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly displayName: string;
  readonly modelDescription: string;
  readonly canBeReferencedInPrompt: boolean;
  readonly when: string;
  readonly inputSchema: InputSchema;
}

const root = join(__dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly languageModelTools: readonly ToolEntry[] };
};
const entries = manifest.contributes.languageModelTools;

describe('The manifest of the tools for chats', () => {
  it('has exactly the tools that are registered', () => {
    assert.deepEqual(
      entries.map(({ name }) => name),
      TOOL_NAMES,
    );
    assert.deepEqual(
      TOOLS.map(({ name }) => name),
      TOOL_NAMES,
    );
  });

  it('hides each of them while no instance is available', () => {
    for (const { name, when, canBeReferencedInPrompt, toolReferenceName } of entries) {
      assert.equal(when, 'openwebuiSync.hasAiAccess', name);
      assert.equal(canBeReferencedInPrompt, true, name);
      assert.match(toolReferenceName, /^openwebui[A-Z]\w+$/u);
    }
  });

  it('names each of them by a verb and a noun, and says what it returns, what to use it for and its limits', () => {
    for (const { name, modelDescription } of entries) {
      assert.match(name, /^openwebui_(?:list|get|run)_[a-z_]+$/u);
      assert.ok(modelDescription.length > 300, name);
      assert.match(modelDescription, /read-only copy/u, name);
    }
    const query = entries.find(({ name }) => name === 'openwebui_run_query')?.modelDescription ?? '';
    for (const fact of [
      'v_turns',
      'v_generations',
      'v_cost',
      'NULL',
      'local day',
      '200 rows',
      '64 kB',
      '30 s',
    ]) {
      assert.ok(query.includes(fact), fact);
    }
  });

  it('describes every input that the code takes, with the values that it takes', () => {
    const inputs = Object.fromEntries(
      entries.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties)]),
    );
    assert.deepEqual(inputs, {
      openwebui_list_instances: [],
      openwebui_get_schema: ['tables'],
      openwebui_run_query: ['sql', 'limit'],
      openwebui_get_report: ['report', 'period', 'from', 'to', 'instances'],
      openwebui_get_sync_status: [],
    });
    const report = entries.find(({ name }) => name === 'openwebui_get_report')?.inputSchema.properties;
    assert.deepEqual(
      report?.['report']?.enum,
      REPORTS.filter(({ isOfWholeBills = false }) => !isOfWholeBills).map(({ id }) => id),
    );
    assert.deepEqual(
      report['period']?.enum,
      PERIOD_PRESETS.map(({ id }) => id),
    );
    for (const { inputSchema, name } of entries) {
      assert.equal(inputSchema.additionalProperties, false, name);
      assert.ok(
        Object.values(inputSchema.properties).every(({ description = '' }) => description !== ''),
        name,
      );
    }
  });
});
