import * as l10n from '@vscode/l10n';
import { element } from '../shared/dom.mjs';
import type { MenuPlace } from './menu.mjs';
import { secondaryButton as button } from './pageParts.mjs';
import type { ResultHeader, ResultWish } from './protocol';

export interface ToolsHost {
  readonly openCopyMenu: (place: MenuPlace) => void;
  readonly toggleChart: () => void;
  readonly togglePin: () => void;
  readonly wish: (wish: ResultWish) => void;
}

/** The buttons about the result that is shown. */
export class ResultTools {
  readonly element = element('div', { className: 'actions' });
  readonly #copy: HTMLButtonElement;
  readonly #chart: HTMLButtonElement;
  readonly #pin: HTMLButtonElement;

  /** @param search stands before the buttons */
  constructor(search: HTMLElement, host: ToolsHost) {
    this.#copy = button(l10n.t('Copy'), () => {
      const { left, bottom } = this.#copy.getBoundingClientRect();
      host.openCopyMenu({ x: left, y: bottom });
    });
    this.#copy.setAttribute('aria-haspopup', 'menu');
    this.#chart = button(l10n.t('Chart'), host.toggleChart);
    this.#pin = button(l10n.t('Pin'), host.togglePin);
    this.element.append(
      search,
      this.#copy,
      button(l10n.t('Save...'), () => host.wish('save')),
      this.#chart,
      this.#pin,
      button(l10n.t('Open in Tab'), () => host.wish('openTab')),
      button(l10n.t('Show Statement'), () => host.wish('showStatement')),
    );
  }

  show(header: ResultHeader | undefined, hasChart: boolean): void {
    this.#copy.disabled = (header?.rowCount ?? 0) === 0;
    this.#chart.disabled = (header?.columns.length ?? 0) === 0;
    this.#chart.setAttribute('aria-pressed', String(hasChart));
    this.#pin.setAttribute('aria-pressed', String(header?.isPinned === true));
  }

  /** Where the focus goes when the chart was closed. */
  focusChart(): void {
    this.#chart.focus();
  }
}
