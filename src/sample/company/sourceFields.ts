import type { Dialect } from '../dialects';
import type { SampleFile, SampleKnowledge, SampleMessage } from '../model';

type Json = Readonly<Record<string, unknown>>;

const EXCERPT_CHARS = 240;

export interface WebPage {
  readonly url: string;
  readonly title: string;
}

export interface ToolCall {
  readonly id: string;
  readonly toolkit: string;
  readonly name: string;
  readonly arguments: string;
  readonly result: string;
}

/** A file as the turn carries it. */
export function attachedFile(file: SampleFile): Json {
  const { id, filename, contentType, size } = file;
  return {
    type: 'file',
    file: {
      id,
      user_id: file.userId,
      hash: file.hash,
      filename,
      data: {},
      meta: { name: filename, content_type: contentType, size, data: {}, collection_name: `file-${id}` },
      created_at: file.createdAt,
      updated_at: file.updatedAt,
    },
    id,
    url: `/api/v1/files/${id}`,
    name: filename,
    collection_name: `file-${id}`,
    status: 'uploaded',
    size,
    error: '',
  };
}

/** A knowledge base as the turn carries it. */
export function attachedBase(base: SampleKnowledge): Json {
  return {
    type: 'collection',
    id: base.id,
    user_id: base.userId,
    name: base.name,
    description: base.description,
    created_at: base.createdAt,
    updated_at: base.updatedAt,
    status: 'processed',
  };
}

/** What retrieval gave to an answer: excerpts of files, out of what a turn carries. */
export function citation(attached: Json, found: readonly SampleFile[]): Json {
  return {
    source: attached,
    document: found.map((file) => file.text.slice(0, EXCERPT_CHARS)),
    metadata: found.map((file) => ({
      file_id: file.id,
      name: file.filename,
      source: file.filename,
      created_by: file.userId,
      hash: file.hash,
      start_index: 0,
    })),
    distances: found.map((_, rank) => 0.82 - 0.07 * rank),
  };
}

/** A web search before an answer: its progress, and the pages that were read. */
export function webSearch(dialect: Dialect, query: string, pages: readonly WebPage[]): Json {
  const urls = pages.map(({ url }) => url);
  const action = 'web_search';
  return {
    statusHistory: [
      { action, description: 'Generating search query', done: false },
      { action, description: 'Searched {{count}} sites', query, urls, done: true },
    ],
    sources: [
      {
        source: { type: dialect.webSearchType, name: query, urls },
        document: pages.map(({ title }) => `${title}. An excerpt of the page.`),
        metadata: pages.map(({ url, title }) => ({ source: url, title, language: 'en' })),
        distances: pages.map((_, rank) => 0.74 - 0.05 * rank),
      },
    ],
  };
}

/** What an answer holds when the model called tools, the way the version writes it. */
export function toolAnswer(dialect: Dialect, text: string, calls: readonly ToolCall[]): Json {
  const marked = `${calls.map(callMark).join('')}${text}`;
  switch (dialect.toolCalls) {
    case 'cited':
      return { sources: calls.map(toolCitation) };
    case 'marked':
      return { content: marked };
    case 'marked-items':
      return { content: marked, output: outputItems(text, calls) };
    case 'items':
      return { content: '', output: outputItems(text, calls) };
  }
}

function toolCitation({ toolkit, name, result }: ToolCall): Json {
  const label = `TOOL:${toolkit}/${name}`;
  return { source: { name: label }, document: [result], metadata: [{ source: label }] };
}

function callMark(call: ToolCall): string {
  const quoted = (value: string): string => JSON.stringify(value).replaceAll('"', '&quot;');
  return (
    `<details type="tool_calls" done="true" id="${call.id}" name="${call.name}" ` +
    `arguments="${quoted(call.arguments)}" result="${quoted(call.result)}" files="" embeds="">\n` +
    '<summary>Tool Executed</summary>\n</details>\n'
  );
}

function outputItems(text: string, calls: readonly ToolCall[]): Json[] {
  return [
    ...calls.flatMap((call) => [
      {
        type: 'function_call',
        id: `fc_${call.id}`,
        call_id: call.id,
        name: call.name,
        arguments: call.arguments,
        status: 'completed',
      },
      {
        type: 'function_call_output',
        id: `fco_${call.id}`,
        call_id: call.id,
        output: [{ type: 'input_text', text: call.result }],
        status: 'completed',
      },
    ]),
    messageItem(text),
  ];
}

/** The answer's text as an item of `output`. */
export function messageItem(text: SampleMessage['content']): Json {
  return {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text }],
  };
}
