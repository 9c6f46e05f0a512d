import type { ChangeModel, KpiBlock, TileModel } from '../../reports/reportModel';
import { element } from '../shared/dom.mjs';

const ARROWS: Readonly<Record<ChangeModel['direction'], string>> = { up: '▲', down: '▼', same: '=' };

/** Headline numbers, each with what it means at hand. */
export function tilesView({ tiles }: KpiBlock): HTMLElement {
  return element('ul', { className: 'tiles wide' }, ...tiles.map(tileView));
}

function tileView({ id, title, value, definition, note, change }: TileModel): HTMLElement {
  const definitionId = `definition-${id}`;
  return element(
    'li',
    { className: 'tile' },
    element(
      'div',
      { className: 'title' },
      element('span', { text: title }),
      element('button', {
        className: 'info',
        text: 'i',
        attributes: { 'aria-label': `What is "${title}"?`, 'aria-describedby': definitionId },
      }),
      element('div', {
        className: 'definition',
        text: definition,
        attributes: { id: definitionId, role: 'tooltip' },
      }),
    ),
    element('div', { className: 'value', text: value }),
    change && changeView(change),
    note === undefined ? undefined : element('div', { className: 'note', text: note }),
  );
}

function changeView({ direction, text, before }: ChangeModel): HTMLElement {
  return element(
    'div',
    { className: 'change' },
    element('span', { className: 'arrow', text: ARROWS[direction], attributes: { 'aria-hidden': 'true' } }),
    element('span', { className: 'amount', text }),
    element('span', { text: before }),
  );
}
