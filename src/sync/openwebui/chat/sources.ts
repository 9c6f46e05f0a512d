import type { MessageSourceRecord } from '../../../store/records';
import { fieldsOf, listOf, type Fields } from './loose';

/** The parts of a message that tell what it uses. */
export interface SourceParts {
  readonly role: string;
  readonly content?: unknown;
  /** What a turn carries; in answers of old versions also the web search before it. */
  readonly files?: unknown;
  /** What retrieval gave to an answer; `citations` in old chats. */
  readonly sources?: unknown;
  readonly output?: unknown;
  readonly toolCalls?: unknown;
  readonly statusHistory?: unknown;
}

type Kind = MessageSourceRecord['kind'];
type Use = MessageSourceRecord['use'];

/** Ids of servers; what imports and pipes write there instead, such as addresses and paths, is not kept. */
const ID = /^[\w.:-]{1,128}$/u;
/** Names of functions as models may call them. */
const TOOL_NAME = /^[\w.:-]{1,128}$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const FILE_ADDRESS = /\/api\/v1\/files\/([^/?#]+)(?:\/content)?/u;
const WEB_ADDRESS = /^https?:\/\//iu;
const TOOL_DETAILS = /<details type="tool_calls"[^>]*?\sname="([^"]*)"/gu;
/** Up to 0.6 a tool's result was cited as `TOOL:toolkit/function`. */
const TOOL_CITATION = /^TOOL:(?:.*\/)?([^/]+)$/u;

const WEB_SEARCHES: ReadonlySet<unknown> = new Set(['web_search', 'web_search_results']);
const WEB_TOOLS: ReadonlySet<string> = new Set(['search_web']);
/** What is cited as a file although it is none. */
const OTHER_KINDS: ReadonlySet<unknown> = new Set(['note', 'chat', 'text']);

/** What a message uses: files and knowledge bases by their ids, tools by name, the web without its addresses. */
export function parseSources(parts: SourceParts): readonly MessageSourceRecord[] {
  const found = new Found();
  for (const file of listOf(parts.files).map(fieldsOf)) {
    if (parts.role === 'user') {
      addAttached(found, file);
    } else if (WEB_SEARCHES.has(file['type'])) {
      found.add('web', 'called');
    }
  }
  for (const entry of listOf(parts.sources).map(fieldsOf)) {
    addCited(found, fieldsOf(entry['source']), listOf(entry['metadata']).map(fieldsOf));
  }
  addSearches(found, parts);
  addTools(found, parts);
  return found.all();
}

/** Each source once. */
class Found {
  readonly #sources = new Map<string, MessageSourceRecord>();

  /** The same call may stand in several places; the place with most calls counts. */
  add(kind: Kind, use: Use, remoteId = '', times = 1): void {
    const key = `${kind} ${use} ${remoteId}`;
    const known = this.#sources.get(key)?.times ?? 0;
    this.#sources.set(key, { kind, use, remoteId, times: Math.max(known, times) });
  }

  addId(kind: 'file' | 'knowledge', use: Use, id: unknown): void {
    if (typeof id === 'string' && ID.test(id)) {
      this.add(kind, use, id);
    }
  }

  /** In an order of their own: servers keep none. */
  all(): readonly MessageSourceRecord[] {
    return [...this.#sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
  }
}

function addAttached(found: Found, item: Fields): void {
  const { type, id, url, legacy } = item;
  if (type === 'collection') {
    // Before knowledge bases, a collection had a name and no id.
    found.addId('knowledge', 'attached', legacy === true ? undefined : id);
  } else if (type === 'file') {
    found.addId('file', 'attached', id ?? fieldsOf(item['file'])['id'] ?? fileIdIn(url));
  } else if (type === 'image') {
    found.addId('file', 'attached', id ?? fileIdIn(url));
  } else if (WEB_SEARCHES.has(type)) {
    found.add('web', 'called');
  } else if (typeof url === 'string' && WEB_ADDRESS.test(url)) {
    found.add('web', 'attached');
  }
}

/** Pictures are named by the address of their file, or by its id alone. */
function fileIdIn(url: unknown): string | undefined {
  if (typeof url !== 'string') {
    return undefined;
  }
  return FILE_ADDRESS.exec(url)?.[1] ?? (UUID.test(url) ? url : undefined);
}

function addCited(found: Found, source: Fields, metadata: readonly Fields[]): void {
  const { type, id, name, legacy } = source;
  const tool = type === 'tool' ? name : citedTool(name);
  if (tool !== undefined) {
    addTool(found, tool, 1);
  } else if (type === 'collection' || type === 'file') {
    found.addId(type === 'file' ? 'file' : 'knowledge', 'cited', legacy === true ? undefined : id);
    addCitedFiles(found, metadata);
  } else if (WEB_SEARCHES.has(type) || isWebTool(id)) {
    found.add('web', 'called');
    found.add('web', 'cited');
  } else if (isPage(source) || metadata.some(isPage)) {
    found.add('web', 'cited');
  } else if (!OTHER_KINDS.has(type)) {
    addCitedFiles(found, metadata);
  }
}

function citedTool(name: unknown): string | undefined {
  return typeof name === 'string' ? TOOL_CITATION.exec(name)?.[1] : undefined;
}

function addCitedFiles(found: Found, metadata: readonly Fields[]): void {
  for (const { file_id: fileId, note_id: noteId } of metadata) {
    found.addId('file', 'cited', noteId === undefined ? fileId : undefined);
  }
}

function isPage(fields: Fields): boolean {
  return [fields['url'], fields['source'], fields['id']].some(
    (value) => typeof value === 'string' && WEB_ADDRESS.test(value),
  );
}

function isWebTool(name: unknown): boolean {
  return typeof name === 'string' && WEB_TOOLS.has(name);
}

/** Searches that are told of apart from what they found. */
function addSearches(found: Found, { statusHistory, output }: SourceParts): void {
  const hasSearched =
    listOf(statusHistory).some((status) => fieldsOf(status)['action'] === 'web_search') ||
    listOf(output).some((item) => fieldsOf(item)['type'] === 'web_search_call');
  if (hasSearched) {
    found.add('web', 'called');
  }
}

/** Calls as the answer's items, as a list of their own, and as marks in its text. */
function addTools(found: Found, { output, toolCalls, content }: SourceParts): void {
  const items = listOf(output).map(fieldsOf);
  const places: readonly (readonly unknown[])[] = [
    items.filter(({ type }) => type === 'function_call').map(({ name }) => name),
    listOf(toolCalls).map((call) => fieldsOf(fieldsOf(call)['function'])['name'] ?? fieldsOf(call)['name']),
    typeof content === 'string' ? [...content.matchAll(TOOL_DETAILS)].map(([, name]) => name) : [],
  ];
  for (const names of places) {
    for (const name of new Set(names)) {
      addTool(found, name, names.filter((other) => other === name).length);
    }
  }
}

function addTool(found: Found, name: unknown, times: number): void {
  if (typeof name === 'string' && TOOL_NAME.test(name)) {
    found.add('tool', 'called', name, times);
    if (isWebTool(name)) {
      found.add('web', 'called');
    }
  }
}
