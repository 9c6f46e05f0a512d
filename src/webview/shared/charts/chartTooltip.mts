import { element } from '../dom.mjs';

const OFFSET = 14;

/** The part of Vega's tooltip call that is used. */
interface PointerPlace {
  readonly clientX: number;
  readonly clientY: number;
}

const box = element('div', { className: 'chart-tooltip', attributes: { 'aria-hidden': 'true' } });
box.hidden = true;

/** Shows a mark's values beside the pointer, as text alone; Vega's own tooltip would make images of some fields. */
export function showTooltip(_view: unknown, event: PointerPlace, _item: unknown, value: unknown): void {
  const lines = linesOf(value);
  box.hidden = lines.length === 0;
  if (box.hidden) {
    return;
  }
  if (!box.isConnected) {
    document.body.append(box);
  }
  box.replaceChildren(
    ...lines.flatMap(([name, text]) => [
      element('span', { className: 'name', text: name }),
      element('span', { className: 'value', text }),
    ]),
  );
  place(event.clientX, event.clientY);
}

/** Puts the values away when their chart goes. */
export function hideTooltip(): void {
  box.hidden = true;
}

function linesOf(value: unknown): [string, string][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, text]) => [name, String(text)])
    : [];
}

/** Beside the pointer, on the side where there is room. */
function place(x: number, y: number): void {
  const { offsetWidth, offsetHeight } = box;
  const isRight = x + OFFSET + offsetWidth < window.innerWidth;
  const isBelow = y + OFFSET + offsetHeight < window.innerHeight;
  box.style.left = `${isRight ? x + OFFSET : x - OFFSET - offsetWidth}px`;
  box.style.top = `${isBelow ? y + OFFSET : y - OFFSET - offsetHeight}px`;
}
