import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SearchHit, SearchRequest, SearchResult } from '../../store/search/searchTypes';
import { itemsOf, titleOf, type SearchItem } from './searchItems';
import { TypedSearch } from './typedSearch';

const placeholder = (): string => l10n.t('Words, "a phrase", begin*, -without, this OR that');

/** What a person chose: the hit, and the result that it is of. */
export interface ChosenHit {
  readonly hit: SearchHit;
  readonly result: SearchResult;
}

export interface SearchPickOptions {
  readonly search: (request: SearchRequest) => Promise<SearchResult>;
  /** Stands in the box at first. */
  readonly text: string;
  /** Told at each change of the box. */
  readonly onText: (text: string) => void;
  readonly onError: (error: unknown) => void;
  /** Closes the box when it fires. */
  readonly signal: AbortSignal;
}

/** Searches as one types and shows what is found; undefined when the box is closed without a choice. */
export async function pickHit(options: SearchPickOptions): Promise<ChosenHit | undefined> {
  const { search, text, onText, onError, signal } = options;
  const pick = vscode.window.createQuickPick<SearchItem & vscode.QuickPickItem>();
  // The order is the store's. Not in the declarations, but in every version that we run in.
  Object.assign(pick, { sortByLabel: false });
  pick.placeholder = placeholder();
  pick.title = titleOf({ phase: 'idle' });
  pick.value = text;
  let result: SearchResult | undefined;
  const typed = new TypedSearch({
    search,
    wait: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    onState: (state) => {
      pick.busy = state.phase === 'searching';
      pick.title = titleOf(state);
      pick.items = itemsOf(state) ?? pick.items;
      result = state.phase === 'done' ? state.result : result;
      if (state.phase === 'failed') {
        onError(state.error);
      }
    },
  });
  const hide = (): void => pick.hide();
  signal.addEventListener('abort', hide);
  try {
    return await new Promise<ChosenHit | undefined>((resolve) => {
      pick.onDidChangeValue((value) => {
        onText(value);
        typed.type(value);
      });
      pick.onDidAccept(() => {
        const hit = pick.selectedItems[0]?.hit;
        if (hit !== undefined && result !== undefined) {
          resolve({ hit, result });
        }
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      typed.type(text, 0);
    });
  } finally {
    signal.removeEventListener('abort', hide);
    typed.dispose();
    pick.dispose();
  }
}
