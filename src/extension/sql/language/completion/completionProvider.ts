import * as vscode from 'vscode';
import type { DataSources } from '../../../sources/dataSources';
import type { SchemaCache } from '../schemaCache';
import { suggestionsAt, type Suggestion, type SuggestionKind } from './suggestions';

/** Typing one of these asks for suggestions. */
export const COMPLETION_TRIGGERS = ['.', ' ', ':', "'"];

/** Typed for other reasons too: they ask only where the list is short and certain. */
const QUIET_TRIGGERS: ReadonlySet<string | undefined> = new Set([' ', "'"]);

const KINDS: Readonly<Record<SuggestionKind, vscode.CompletionItemKind>> = {
  column: vscode.CompletionItemKind.Field,
  table: vscode.CompletionItemKind.Class,
  view: vscode.CompletionItemKind.Interface,
  query: vscode.CompletionItemKind.Struct,
  function: vscode.CompletionItemKind.Function,
  keyword: vscode.CompletionItemKind.Keyword,
  parameter: vscode.CompletionItemKind.Variable,
  value: vscode.CompletionItemKind.Value,
  condition: vscode.CompletionItemKind.Reference,
};

/** Completion in query documents. */
export class QueryCompletions implements vscode.CompletionItemProvider {
  constructor(
    private readonly sources: DataSources,
    private readonly schema: SchemaCache,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[]> {
    const { current } = this.sources;
    const { from, list, isCertain } = suggestionsAt(document.getText(), document.offsetAt(position), {
      tables: await this.schema.tables(current),
      instances: current.instances.list(),
    });
    if (QUIET_TRIGGERS.has(triggerCharacter) && !isCertain) {
      return [];
    }
    const range = new vscode.Range(document.positionAt(from), position);
    return list.map((suggestion) => itemOf(suggestion, range));
  }
}

function itemOf(suggestion: Suggestion, range: vscode.Range): vscode.CompletionItem {
  const { label, kind, insert = label, isCall, detail, documentation, rank } = suggestion;
  const item = new vscode.CompletionItem(label, KINDS[kind]);
  item.range = range;
  item.sortText = `${rank} ${label}`;
  item.insertText = isCall === true ? new vscode.SnippetString(`${insert}($0)`) : insert;
  if (detail !== undefined) {
    item.detail = detail;
  }
  if (documentation !== undefined) {
    item.documentation = new vscode.MarkdownString(documentation);
  }
  return item;
}
