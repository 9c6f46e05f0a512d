import { wellFormed } from '../text';
import { fieldsOf, listOf } from './loose';

/** What a message says, without its pictures. */
export interface MessageContent {
  readonly content: string;
  /** Inline base64 images that were not kept. */
  readonly droppedImages: number;
  readonly toolCallCount: number;
}

/** The parts of a message that may carry text. */
export interface ContentSource {
  /** Text, or blocks such as `{type: 'text', text}`. */
  readonly content?: unknown;
  /** Items of the Responses API (from 0.8); hold the text when `content` is empty. */
  readonly output?: unknown;
  readonly files?: unknown;
  readonly toolCalls?: unknown;
}

const INLINE_IMAGE = /data:image\/[\w.+-]+(?:;[\w.+-]+=[\w.+-]+)*;base64,[A-Za-z0-9+/=_-]*/gi;
const IS_INLINE_IMAGE = /^data:image\//i;
const TOOL_CALL_DETAILS = /<details type="tool_calls"/g;
const TEXT_BLOCKS: ReadonlySet<unknown> = new Set([undefined, 'text', 'input_text', 'output_text']);

/** Reads a message's text, whichever way its client stored it. */
export function parseContent(source: ContentSource): MessageContent {
  const written = blocksText(source.content);
  const raw = written.trim() === '' ? outputText(source.output) : written;
  let droppedImages = blockImages(source.content) + fileImages(source.files);
  const content = raw.includes('data:')
    ? raw.replace(INLINE_IMAGE, () => {
        droppedImages += 1;
        return '';
      })
    : raw;
  return { content: wellFormed(content), droppedImages, toolCallCount: toolCalls(source, raw) };
}

function blocksText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  const blocks = Array.isArray(content) ? content : [content];
  return blocks
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n');
}

function blockText(block: unknown): string {
  if (typeof block === 'string') {
    return block;
  }
  const { type, text, content } = fieldsOf(block);
  if (TEXT_BLOCKS.has(type) && typeof text === 'string') {
    return text;
  }
  return typeof content === 'string' ? content : '';
}

/** The answer's text among output items; reasoning and tool calls are not part of it. */
function outputText(output: unknown): string {
  return listOf(output)
    .map(fieldsOf)
    .filter(({ type }) => type === 'message')
    .map(({ content }) => blocksText(content))
    .filter((text) => text !== '')
    .join('\n');
}

function blockImages(content: unknown): number {
  return listOf(content).filter((block) => {
    const { image_url: image } = fieldsOf(block);
    return isInlineImage(typeof image === 'string' ? image : fieldsOf(image)['url']);
  }).length;
}

function fileImages(files: unknown): number {
  return listOf(files).filter((file) => isInlineImage(fieldsOf(file)['url'])).length;
}

function isInlineImage(url: unknown): boolean {
  return typeof url === 'string' && IS_INLINE_IMAGE.test(url);
}

/** The same call may stand in several places; the fullest one counts. */
function toolCalls({ output, toolCalls: calls }: ContentSource, text: string): number {
  return Math.max(
    listOf(output).filter((item) => fieldsOf(item)['type'] === 'function_call').length,
    listOf(calls).length,
    text.match(TOOL_CALL_DETAILS)?.length ?? 0,
  );
}
