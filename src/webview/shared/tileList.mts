import * as l10n from '@vscode/l10n';
import type { ChangeModel, TileModel } from '../../reports/reportModel';
import { element, placeChildren, showText } from './dom.mjs';
import { setHint } from './hint.mjs';

const ARROWS: Readonly<Record<ChangeModel['direction'], string>> = { up: '▲', down: '▼', same: '=' };

/** More characters than this are written smaller, so that a number with its unit keeps to one line. */
const LONG_VALUE = 8;

/** Headline numbers, each with what it means at hand. Later numbers take the place of earlier ones. */
export class TileList {
  readonly element = element('ul', { className: 'tiles', attributes: { role: 'list' } });
  readonly #tiles = new Map<string, Tile>();

  show(models: readonly TileModel[]): void {
    const shown = models.map((model) => {
      const tile = this.#tiles.get(model.id) ?? new Tile();
      this.#tiles.set(model.id, tile);
      tile.show(model);
      return tile.element;
    });
    const ids = new Set(models.map(({ id }) => id));
    for (const id of [...this.#tiles.keys()].filter((known) => !ids.has(known))) {
      this.#tiles.delete(id);
    }
    placeChildren(this.element, shown);
  }
}

class Tile {
  readonly #title = element('span', { className: 'name' });
  readonly #info = element('button', { className: 'info', attributes: { type: 'button' } });
  readonly #value = element('div', { className: 'value' });
  readonly #arrow = element('span', { className: 'arrow', attributes: { 'aria-hidden': 'true' } });
  readonly #amount = element('span', { className: 'amount' });
  readonly #before = element('span');
  readonly #change = element('div', { className: 'change' }, this.#arrow, this.#amount, this.#before);
  readonly #note = element('div', { className: 'note' });
  readonly element = element(
    'li',
    { className: 'tile' },
    element('div', { className: 'title' }, this.#title, this.#info),
    this.#value,
    this.#change,
    this.#note,
  );

  show({ title, value, definition, note, change }: TileModel): void {
    showText(this.#title, title);
    this.#info.setAttribute('aria-label', l10n.t('What is "{0}"?', title));
    setHint(this.#info, definition);
    showText(this.#value, value);
    this.#value.title = value;
    this.#value.classList.toggle('long', value.length > LONG_VALUE);
    this.#change.hidden = change === undefined;
    if (change !== undefined) {
      showText(this.#arrow, ARROWS[change.direction]);
      showText(this.#amount, change.text);
      showText(this.#before, change.before);
    }
    showText(this.#note, note);
  }
}
