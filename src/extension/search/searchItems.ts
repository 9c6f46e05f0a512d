import * as l10n from '@vscode/l10n';
import type { SearchHit, SearchResult } from '../../store/search/searchTypes';
import { countOf, formatCount } from '../../sync/words';
import { sentenceOf } from '../errors';
import type { TypedState } from './typedSearch';

/** A line of the list. */
export interface SearchItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** What was found was found by the store: the editor must not filter it by its own rule. */
  readonly alwaysShow: true;
  /** Undefined for a line that only says something. */
  readonly hit: SearchHit | undefined;
}

/** The list for a state; undefined leaves what is shown. */
export function itemsOf(state: TypedState): readonly SearchItem[] | undefined {
  switch (state.phase) {
    case 'idle':
      return [];
    case 'searching':
      return undefined;
    case 'failed':
      return [wordsItem(`$(error) ${literal(sentenceOf(state.error))}`)];
    case 'done':
      return resultItems(state.result);
  }
}

/** Title of the box: what is going on, and how much was found. */
export function titleOf(state: TypedState): string {
  switch (state.phase) {
    case 'searching':
      return l10n.t('Search Chats: Searching…');
    case 'done':
      return l10n.t('Search Chats: {0}', countText(state.result));
    case 'idle':
    case 'failed':
      return l10n.t('Search Chats');
  }
}

function countText({ hits, total }: SearchResult): string {
  return hits.length < total
    ? l10n.t('the first {0} of {1}', formatCount(hits.length), countOf(total, 'result'))
    : countOf(total, 'result');
}

function resultItems({ hits, warnings }: SearchResult): readonly SearchItem[] {
  const said = warnings.map((warning) => wordsItem(`$(warning) ${literal(warning)}`));
  const nothing = hits.length === 0 && warnings.length === 0 ? [wordsItem(l10n.t('Nothing found.'))] : [];
  return [...hits.map(hitItem), ...nothing, ...said];
}

function hitItem(hit: SearchHit): SearchItem {
  const { instance, user, time, messageId, model, role, isDeleted, snippet, title } = hit;
  const facts = [
    instance,
    user,
    time?.slice(0, 'YYYY-MM-DD HH:MM'.length),
    isDeleted ? 'deleted' : undefined,
  ];
  const isTitle = messageId === undefined;
  const icon = isTitle ? '$(comment-discussion)' : role === 'assistant' ? '$(hubot)' : '$(comment)';
  return {
    label: `${icon} ${literal(title ?? l10n.t('Untitled Chat'))}`,
    description: literal(facts.filter((fact) => fact !== undefined).join(' · ')),
    detail: literal(
      isTitle ? l10n.t('Found in the title') : `${model === undefined ? '' : `${model}: `}${snippet.text}`,
    ),
    alwaysShow: true,
    hit,
  };
}

function wordsItem(label: string): SearchItem {
  return { label, alwaysShow: true, hit: undefined };
}

/** Text of strangers in a list: `$(...)` in it would become an icon. */
function literal(text: string): string {
  return text.replaceAll('$(', '$ (').replaceAll(/\s+/gu, ' ');
}
