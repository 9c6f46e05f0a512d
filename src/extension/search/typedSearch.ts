import type { SearchRequest, SearchResult } from '../../store/search/searchTypes';

/** What stands below the box while somebody types. */
export type TypedState =
  /** Nothing was typed. */
  | { readonly phase: 'idle' }
  /** The results of what was typed before may still be shown. */
  | { readonly phase: 'searching' }
  | { readonly phase: 'done'; readonly result: SearchResult }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface TypedSearchDeps {
  readonly search: (request: SearchRequest) => Promise<SearchResult>;
  readonly onState: (state: TypedState) => void;
  /** Calls back after a pause in typing, in ms. @returns what calls it off */
  readonly wait: (work: () => void, ms: number) => () => void;
}

/** So long nobody types before a search starts. */
const PAUSE_MS = 200;

/**
 * Searches as one types: after a pause, one search at a time. What is typed meanwhile makes a result out of date; it
 * is dropped, and only the newest text is searched next.
 */
export class TypedSearch {
  readonly #deps: TypedSearchDeps;
  #text = '';
  #callOff: (() => void) | undefined;
  #isSearching = false;
  #isDisposed = false;

  constructor(deps: TypedSearchDeps) {
    this.#deps = deps;
  }

  /** @param pauseMs 0 searches at once */
  type(text: string, pauseMs = PAUSE_MS): void {
    this.#text = text;
    this.#callOff?.();
    this.#callOff = undefined;
    if (text.trim() === '') {
      this.#tell({ phase: 'idle' });
      return;
    }
    this.#tell({ phase: 'searching' });
    if (!this.#isSearching) {
      this.#callOff = this.#deps.wait(() => void this.#searchNewest(), pauseMs);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#callOff?.();
  }

  async #searchNewest(): Promise<void> {
    this.#callOff = undefined;
    const text = this.#text;
    this.#isSearching = true;
    const state = await this.#searched(text);
    this.#isSearching = false;
    if (text === this.#text) {
      this.#tell(state);
    } else if (this.#text.trim() !== '' && !this.#isDisposed) {
      void this.#searchNewest();
    }
  }

  async #searched(text: string): Promise<TypedState> {
    try {
      return { phase: 'done', result: await this.#deps.search({ text, isTyping: true }) };
    } catch (error) {
      return { phase: 'failed', error };
    }
  }

  #tell(state: TypedState): void {
    if (!this.#isDisposed) {
      this.#deps.onState(state);
    }
  }
}
