/** A part of a message's text. Nothing but fenced code is told apart: the rest stands as it was written. */
export interface TextPart {
  readonly kind: 'prose' | 'code';
  /** Of code without its fences. */
  readonly text: string;
  /** Where the part begins in the whole text, in UTF-16 units. */
  readonly start: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n`]*$/gmu;

/** Takes fenced code out of a text; a fence without an end goes on to the end of the text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let open: { readonly fence: string; readonly start: number } | undefined;
  let proseStart = 0;
  for (const { 0: line, 1: fence = '', index } of text.matchAll(FENCE)) {
    const lineEnd = Math.min(index + line.length + 1, text.length);
    if (open === undefined) {
      add(parts, 'prose', text, proseStart, index);
      open = { fence, start: lineEnd };
    } else if (line.trim().startsWith(open.fence)) {
      add(parts, 'code', text, open.start, index);
      open = undefined;
      proseStart = lineEnd;
    }
  }
  if (open === undefined) {
    add(parts, 'prose', text, proseStart, text.length);
  } else {
    add(parts, 'code', text, open.start, text.length);
  }
  return parts;
}

/** The empty lines between prose and code are the page's own; a part that holds nothing else shows nothing. */
function add(parts: TextPart[], kind: TextPart['kind'], text: string, start: number, end: number): void {
  const part = text.slice(start, end);
  if (part.trim() === '') {
    return;
  }
  const isFirst = start === 0;
  const lead = kind === 'prose' && !isFirst ? (/^(?:[^\S\n]*\n)*/u.exec(part)?.[0].length ?? 0) : 0;
  const tail = end < text.length ? part.trimEnd().length : part.length;
  parts.push({ kind, text: part.slice(lead, tail), start: start + lead });
}
