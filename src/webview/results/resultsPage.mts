import { ResultGrid, type GridHost } from './grid.mjs';
import { element } from './gridDom.mjs';
import type { ResultHeader, ResultsState, ToExtension, WireColumn } from './protocol';
import { withGrid, type SavedState } from './savedState';

/** Where the page sends its wishes and keeps its place. */
export interface PageHost {
  post(message: ToExtension): void;
  saved(): SavedState;
  save(state: SavedState): void;
}

const NEW_PAGE = 'No result yet. Run a statement of a query with Ctrl+Enter (Cmd+Enter).';
const RESULT_IS_GONE = 'The result of the last session is gone. Run the query again.';

/** The result view: what runs or went wrong, a tab per result, and the grid of the one that is shown. */
export class ResultsPage {
  readonly #host: PageHost;
  readonly #tabs = element('tabs', 'tablist');
  readonly #status = element('status', 'status');
  readonly #actions = element('actions');
  readonly #message = element('message');
  readonly #content = element('content');
  readonly #cancel = button('Cancel', () => this.#host.post({ type: 'cancel' }));
  readonly #copies = [
    button('Copy', () => this.#grid?.copySelection(false)),
    button('Copy with Headers', () => this.#grid?.copySelection(true)),
    button('Copy All', () => this.#grid?.copyAll()),
  ];
  #state: ResultsState = { phase: 'empty', message: '', results: [] };
  #shown: ResultHeader | undefined;
  #grid: ResultGrid | undefined;

  constructor(root: HTMLElement, host: PageHost) {
    this.#host = host;
    this.#tabs.setAttribute('aria-label', 'Results');
    this.#actions.append(...this.#copies, this.#cancel);
    const bar = element('bar');
    bar.append(this.#tabs, this.#status, this.#actions);
    root.append(bar, this.#message, this.#content);
    this.show(this.#state);
  }

  /** Shows a state of the extension; a result that is shown already keeps its place. */
  show(state: ResultsState): void {
    this.#state = state;
    const savedId = this.#host.saved().shownId;
    const header = state.results.find(({ id }) => id === savedId) ?? state.results[0];
    this.#showResult(header);
    this.#showWords();
    this.#message.classList.toggle('error', state.phase === 'failed');
    this.#message.setAttribute('role', state.phase === 'failed' ? 'alert' : 'note');
    this.#cancel.hidden = state.phase !== 'running';
    for (const copy of this.#copies) {
      copy.hidden = header === undefined;
    }
    this.#drawTabs();
  }

  /** Rows that the grid asked for; those of another result come too late and are dropped. */
  putRows(resultId: string, offset: number, columns: readonly WireColumn[]): void {
    if (resultId === this.#shown?.id) {
      this.#grid?.putRows(offset, columns);
    }
  }

  /** Says something beside the result, for screen readers too. */
  announce(words: string): void {
    this.#status.textContent = `${this.#shown?.summary ?? ''} · ${words}`;
  }

  #showWords(): void {
    const { phase, message, results } = this.#state;
    const emptyWords = this.#host.saved().shownId === undefined ? NEW_PAGE : RESULT_IS_GONE;
    this.#message.textContent = phase === 'empty' ? emptyWords : message;
    this.#message.hidden = this.#message.textContent === '';
    this.#status.textContent = results.length === 0 ? '' : (this.#shown?.summary ?? '');
  }

  #showResult(header: ResultHeader | undefined): void {
    if (header?.id === this.#shown?.id) {
      return;
    }
    this.#grid?.dispose();
    this.#grid = undefined;
    this.#shown = header;
    if (header !== undefined && header.columns.length > 0) {
      const saved = this.#host.saved().grids.find(({ resultId }) => resultId === header.id);
      this.#grid = new ResultGrid(this.#content, header, this.#gridHost(), saved);
    }
  }

  #gridHost(): GridHost {
    return {
      requestRows: (resultId, offset, limit) => this.#host.post({ type: 'rows', resultId, offset, limit }),
      copy: (resultId, range, withHeaders) => this.#host.post({ type: 'copy', resultId, range, withHeaders }),
      openValue: (resultId, row, column) => this.#host.post({ type: 'openValue', resultId, row, column }),
      changed: (grid) => {
        const liveIds = this.#state.results.map(({ id }) => id);
        this.#host.save(withGrid(this.#host.saved(), grid, liveIds));
      },
    };
  }

  #drawTabs(): void {
    const { results } = this.#state;
    this.#tabs.hidden = results.length < 2;
    this.#tabs.replaceChildren(
      ...results.map((result, index) => {
        const tab = button(`Result ${index + 1}`, () => this.#select(result));
        tab.setAttribute('role', 'tab');
        tab.setAttribute('aria-selected', String(result.id === this.#shown?.id));
        return tab;
      }),
    );
  }

  #select(result: ResultHeader): void {
    this.#host.save({ ...this.#host.saved(), shownId: result.id });
    this.show(this.#state);
  }
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}
