import * as l10n from '@vscode/l10n';
import { countOf, formatCount, formatTenths } from '../../language/numbers';
import { translated } from '../../language/translated';
import type { ConversationMessage, TextAbsence } from '../../store/search/conversationTypes';

const ROLES = translated<Readonly<Record<string, string>>>(() => ({
  user: l10n.t('User'),
  assistant: l10n.t('Assistant'),
  system: l10n.t('System'),
  tool: l10n.t('Tool'),
}));

/** The role as a heading. */
export function roleWords(role: string): string {
  return ROLES[role] ?? role;
}

type Tokens = Pick<ConversationMessage, 'inputTokens' | 'outputTokens' | 'cachedTokens' | 'reasoningTokens'>;

/** `1,200 in (1,000 cached) · 300 out (50 reasoning)`; nothing where the server told none. */
export function tokenWords({ inputTokens, outputTokens, cachedTokens, reasoningTokens }: Tokens): string {
  return [
    ...(inputTokens === undefined ? [] : [inputWords(inputTokens, cachedTokens)]),
    ...(outputTokens === undefined ? [] : [outputWords(outputTokens, reasoningTokens)]),
  ].join(' · ');
}

function inputWords(input: number, cached = 0): string {
  return cached === 0
    ? l10n.t('{0} in', formatCount(input))
    : l10n.t('{0} in ({1} cached)', formatCount(input), formatCount(cached));
}

function outputWords(output: number, reasoning = 0): string {
  return reasoning === 0
    ? l10n.t('{0} out', formatCount(output))
    : l10n.t('{0} out ({1} reasoning)', formatCount(output), formatCount(reasoning));
}

/** What is known of a message beyond its text, in words. */
export function factWords(message: ConversationMessage): string[] {
  const { durationMs, files, images, citations, toolCalls, rating } = message;
  const tokens = tokenWords(message);
  return [
    tokens === '' ? '' : l10n.t('Tokens: {0}', tokens),
    durationMs === undefined ? '' : `${formatTenths(durationMs / 1000)} s`,
    files === 0 ? '' : countOf(files, 'file'),
    images === 0 ? '' : l10n.t('{0} not kept', countOf(images, 'image')),
    citations === 0 ? '' : countOf(citations, 'citation'),
    toolCalls === 0 ? '' : countOf(toolCalls, 'tool call'),
    rating === undefined ? '' : rating > 0 ? l10n.t('Rated good') : l10n.t('Rated bad'),
  ].filter((words) => words !== '');
}

/** A word about a message that is unlike others, with what it means. */
export interface Badge {
  readonly word: string;
  readonly meaning: string;
}

const badges = (): readonly (Badge & { readonly isTrue: (message: ConversationMessage) => boolean })[] => [
  {
    word: l10n.t('deleted'),
    meaning: l10n.t('Not on the server any more'),
    isTrue: ({ isDeleted }) => isDeleted,
  },
  {
    word: l10n.t('error'),
    meaning: l10n.t('The answer ended with an error'),
    isTrue: ({ isError }) => isError,
  },
  {
    word: l10n.t('unfinished'),
    meaning: l10n.t('The answer was still being written when it was synced'),
    isTrue: ({ isDone }) => !isDone,
  },
  {
    word: l10n.t('copy'),
    meaning: l10n.t('The same message stands in an older chat, where reports count it'),
    isTrue: ({ isCopy }) => isCopy,
  },
];

export function badgesOf(message: ConversationMessage): readonly Badge[] {
  return badges().filter(({ isTrue }) => isTrue(message));
}

/** Why a message shows no text. */
export function absenceWords(absence: TextAbsence): string {
  switch (absence.kind) {
    case 'empty':
      return l10n.t('No text.');
    case 'private':
      return l10n.t('The privacy mode keeps no text.');
    case 'removed':
      return l10n.t('The text ({0}) is not in the database any more.', countOf(absence.chars, 'character'));
    case 'unreadable':
      return absence.message;
  }
}

/** `12 messages · Tokens: 1,200 in · 300 out`. Copies are left out of the tokens, as in reports. */
export function sumWords(messages: readonly ConversationMessage[]): string {
  const counted = messages.filter(({ isCopy }) => !isCopy);
  const sum = (key: keyof Tokens): number | undefined => {
    const known = counted.map((message) => message[key]).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
  };
  const tokens = tokenWords({
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    cachedTokens: sum('cachedTokens'),
    reasoningTokens: sum('reasoningTokens'),
  });
  const count = countOf(messages.length, 'message');
  return tokens === '' ? count : `${count} · ${l10n.t('Tokens: {0}', tokens)}`;
}
