import * as l10n from '@vscode/l10n';

/** What can be counted: one of it, and several. `{0}` is the number as it is shown. */
const NOUNS = {
  account: (n) => [l10n.t('{0} account', n), l10n.t('{0} accounts', n)],
  call: (n) => [l10n.t('{0} call', n), l10n.t('{0} calls', n)],
  cell: (n) => [l10n.t('{0} cell', n), l10n.t('{0} cells', n)],
  change: (n) => [l10n.t('{0} change', n), l10n.t('{0} changes', n)],
  chat: (n) => [l10n.t('{0} chat', n), l10n.t('{0} chats', n)],
  character: (n) => [l10n.t('{0} character', n), l10n.t('{0} characters', n)],
  citation: (n) => [l10n.t('{0} citation', n), l10n.t('{0} citations', n)],
  column: (n) => [l10n.t('{0} column', n), l10n.t('{0} columns', n)],
  day: (n) => [l10n.t('{0} day', n), l10n.t('{0} days', n)],
  deletion: (n) => [l10n.t('{0} deletion', n), l10n.t('{0} deletions', n)],
  deployment: (n) => [l10n.t('{0} deployment', n), l10n.t('{0} deployments', n)],
  difference: (n) => [l10n.t('{0} difference', n), l10n.t('{0} differences', n)],
  'empty page': (n) => [l10n.t('{0} empty page', n), l10n.t('{0} empty pages', n)],
  file: (n) => [l10n.t('{0} file', n), l10n.t('{0} files', n)],
  generation: (n) => [l10n.t('{0} generation', n), l10n.t('{0} generations', n)],
  group: (n) => [l10n.t('{0} group', n), l10n.t('{0} groups', n)],
  hour: (n) => [l10n.t('{0} hour', n), l10n.t('{0} hours', n)],
  image: (n) => [l10n.t('{0} image', n), l10n.t('{0} images', n)],
  instance: (n) => [l10n.t('{0} instance', n), l10n.t('{0} instances', n)],
  'knowledge base': (n) => [l10n.t('{0} knowledge base', n), l10n.t('{0} knowledge bases', n)],
  message: (n) => [l10n.t('{0} message', n), l10n.t('{0} messages', n)],
  minute: (n) => [l10n.t('{0} minute', n), l10n.t('{0} minutes', n)],
  model: (n) => [l10n.t('{0} model', n), l10n.t('{0} models', n)],
  month: (n) => [l10n.t('{0} month', n), l10n.t('{0} months', n)],
  'more file': (n) => [l10n.t('{0} more file', n), l10n.t('{0} more files', n)],
  'more row': (n) => [l10n.t('{0} more row', n), l10n.t('{0} more rows', n)],
  'other price': (n) => [l10n.t('{0} other price', n), l10n.t('{0} other prices', n)],
  page: (n) => [l10n.t('{0} page', n), l10n.t('{0} pages', n)],
  part: (n) => [l10n.t('{0} part', n), l10n.t('{0} parts', n)],
  query: (n) => [l10n.t('{0} query', n), l10n.t('{0} queries', n)],
  rating: (n) => [l10n.t('{0} rating', n), l10n.t('{0} ratings', n)],
  report: (n) => [l10n.t('{0} report', n), l10n.t('{0} reports', n)],
  request: (n) => [l10n.t('{0} request', n), l10n.t('{0} requests', n)],
  resource: (n) => [l10n.t('{0} resource', n), l10n.t('{0} resources', n)],
  result: (n) => [l10n.t('{0} result', n), l10n.t('{0} results', n)],
  retry: (n) => [l10n.t('{0} retry', n), l10n.t('{0} retries', n)],
  row: (n) => [l10n.t('{0} row', n), l10n.t('{0} rows', n)],
  scope: (n) => [l10n.t('{0} scope', n), l10n.t('{0} scopes', n)],
  second: (n) => [l10n.t('{0} second', n), l10n.t('{0} seconds', n)],
  statement: (n) => [l10n.t('{0} statement', n), l10n.t('{0} statements', n)],
  'sync run': (n) => [l10n.t('{0} sync run', n), l10n.t('{0} sync runs', n)],
  table: (n) => [l10n.t('{0} table', n), l10n.t('{0} tables', n)],
  'tool call': (n) => [l10n.t('{0} tool call', n), l10n.t('{0} tool calls', n)],
  user: (n) => [l10n.t('{0} user', n), l10n.t('{0} users', n)],
} as const satisfies Record<string, (shown: string) => readonly [one: string, several: string]>;

/** A noun that is counted, by its English singular; a new one is a line of the table above. */
export type Noun = keyof typeof NOUNS;

/** Both forms of a noun with its number. @param shown the number as it is read */
export function nounForms(noun: Noun, shown: string): readonly [one: string, several: string] {
  return NOUNS[noun](shown);
}
