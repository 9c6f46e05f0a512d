import * as l10n from '@vscode/l10n';
import { element } from '../shared/dom.mjs';
import type { ResultHeader } from './protocol';

/** Characters of a statement in a tooltip. */
const MOST_TOOLTIP = 500;

export interface TabStripHost {
  readonly select: (result: ResultHeader) => void;
  readonly close: (result: ResultHeader) => void;
  readonly menu: (result: ResultHeader, place: { readonly x: number; readonly y: number }) => void;
}

/** A tab for each result. One of them takes part in the tab order; arrows choose, Delete closes. */
export class TabStrip {
  readonly element = element('div', { className: 'tabs', attributes: { role: 'tablist' } });
  readonly #host: TabStripHost;

  constructor(host: TabStripHost) {
    this.#host = host;
    this.element.setAttribute('aria-label', l10n.t('Results'));
  }

  show(results: readonly ResultHeader[], shownId: string | undefined): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = results.length === 0;
    const tabs = results.map((result, index) => this.#tab(result, index, results, shownId));
    this.element.replaceChildren(...tabs);
    if (hadFocus) {
      tabs.find((tab) => tab.tabIndex === 0)?.focus();
    }
  }

  #tab(
    result: ResultHeader,
    index: number,
    results: readonly ResultHeader[],
    shownId: string | undefined,
  ): HTMLElement {
    const isShown = result.id === shownId;
    const pin = element('span', { className: 'pin', attributes: { 'aria-hidden': 'true' }, text: '●' });
    pin.hidden = !result.isPinned;
    const close = element('span', { className: 'close', attributes: { 'aria-hidden': 'true' }, text: '×' });
    const tab = element(
      'div',
      {
        className: 'tab',
        attributes: {
          role: 'tab',
          id: `tab-${result.id}`,
          'aria-selected': String(isShown),
          'aria-controls': 'result-panel',
          'aria-label': result.isPinned ? l10n.t('{0}, pinned', result.title) : result.title,
          'aria-description': l10n.t('{0}. Delete closes it.', result.summary),
          title: `${result.summary}\n${result.statement.slice(0, MOST_TOOLTIP)}`,
        },
      },
      pin,
      element('span', { text: result.title }),
      close,
    );
    tab.tabIndex = isShown ? 0 : -1;
    tab.addEventListener('click', () => this.#host.select(result));
    close.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#host.close(result);
    });
    tab.addEventListener('auxclick', ({ button }) => {
      if (button === 1) {
        this.#host.close(result);
      }
    });
    tab.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      const { left, bottom } = tab.getBoundingClientRect();
      this.#host.menu(result, { x: left, y: bottom });
    });
    tab.addEventListener('keydown', (event) => {
      const next = nextIndex(event.key, index, results.length);
      const other = next === undefined ? undefined : results[next];
      if (event.key === 'Delete') {
        this.#host.close(result);
      } else if (other !== undefined) {
        this.#host.select(other);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
    return tab;
  }
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
