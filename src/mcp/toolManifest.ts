import { toJsonSchema } from '@valibot/to-json-schema';
import type { Tool as McpTool } from '@modelcontextprotocol/sdk/types.js';
import type { Tool } from '../assistant/toolTypes';
import { TOOLS } from '../assistant/tools/allTools';
import { contributes } from '../../package.json';
import words from '../../package.nls.json';

/** A tool as the extension's manifest describes it to language models: the one place that does. */
interface ManifestEntry {
  readonly name: string;
  readonly displayName: string;
  readonly modelDescription: string;
  readonly inputSchema: object;
}

/** How the manifest says that clients ask; here it is the client's to ask. */
const ENTRIES: readonly ManifestEntry[] = contributes.languageModelTools;

/** The tools as MCP lists them. */
export function mcpTools(): McpTool[] {
  return TOOLS.map((tool) => mcpTool(tool, entryOf(tool)));
}

function mcpTool({ output, isAsked }: Tool, entry: ManifestEntry): McpTool {
  const title = titleOf(entry);
  return {
    name: entry.name,
    title,
    description: entry.modelDescription,
    inputSchema: entry.inputSchema as McpTool['inputSchema'],
    ...(output === undefined
      ? {}
      : { outputSchema: toJsonSchema(output, { target: 'draft-2020-12' }) as McpTool['outputSchema'] }),
    annotations: {
      title,
      // All of them only read. Clients run what says so without a question, and a person is to see statements and reports
      // before they run: these do not say it.
      ...(isAsked ? { destructiveHint: false } : { readOnlyHint: true }),
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}

function entryOf({ name }: Tool): ManifestEntry {
  const entry = ENTRIES.find((known) => known.name === name);
  if (entry === undefined) {
    throw new Error(`The manifest has no tool ${name}`);
  }
  return entry;
}

/** `%key%` stands for words of the manifest. */
function titleOf({ displayName }: ManifestEntry): string {
  const key = displayName.replaceAll('%', '');
  return (words as Readonly<Record<string, string>>)[key] ?? displayName;
}
