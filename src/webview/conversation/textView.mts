import type { MarkFinder } from '../../store/search/findMarks';
import type { Mark } from '../../store/search/searchTypes';
import { element } from '../shared/dom.mjs';
import { textParts } from './textParts';

/** More marks than these in one text help nobody. */
const MAX_MARKS = 1_000;

/** A message's text: its own line ends and spaces, fenced code apart, what was searched marked. It is never markup. */
export function textView(text: string, find: MarkFinder | undefined): HTMLElement {
  const marks = find?.(text, MAX_MARKS) ?? [];
  const parts = textParts(text).map((part) => {
    const nodes = markedNodes(part.text, part.start, marks);
    return part.kind === 'code'
      ? element('pre', { attributes: { tabindex: '0' } }, element('code', {}, ...nodes))
      : element('div', { className: 'prose' }, ...nodes);
  });
  return element('div', { className: 'text' }, ...parts);
}

/** @param start where the text begins in the one that the marks are of */
function markedNodes(text: string, start: number, marks: readonly Mark[]): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const [markStart, markEnd] of marks) {
    const begin = Math.max(markStart - start, from);
    const end = Math.min(markEnd - start, text.length);
    if (begin < end) {
      nodes.push(document.createTextNode(text.slice(from, begin)));
      nodes.push(element('mark', { text: text.slice(begin, end) }));
      from = end;
    }
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
