import type { ConversationMessage, TextAbsence } from '../../store/search/conversationTypes';

let numbers: Intl.NumberFormat | undefined;

/** `1,245` */
export function formatNumber(value: number): string {
  numbers ??= new Intl.NumberFormat('en-US');
  return numbers.format(value);
}

/** `1 file`, `2 files` */
export function countWords(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(value)} ${value === 1 ? singular : plural}`;
}

const ROLES: Readonly<Record<string, string>> = {
  user: 'User',
  assistant: 'Assistant',
  system: 'System',
  tool: 'Tool',
};

/** The role as a heading. */
export function roleWords(role: string): string {
  return ROLES[role] ?? role;
}

type Tokens = Pick<ConversationMessage, 'inputTokens' | 'outputTokens' | 'cachedTokens' | 'reasoningTokens'>;

/** `1,200 in (1,000 cached) · 300 out (50 reasoning)`; nothing where the server told none. */
export function tokenWords({ inputTokens, outputTokens, cachedTokens, reasoningTokens }: Tokens): string {
  const part = (value: number | undefined, words: string): string =>
    value === undefined || value === 0 ? '' : ` (${formatNumber(value)} ${words})`;
  return [
    inputTokens === undefined ? '' : `${formatNumber(inputTokens)} in${part(cachedTokens, 'cached')}`,
    outputTokens === undefined
      ? ''
      : `${formatNumber(outputTokens)} out${part(reasoningTokens, 'reasoning')}`,
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

/** What is known of a message beyond its text, in words. */
export function factWords(message: ConversationMessage): string[] {
  const { durationMs, files, images, citations, toolCalls, rating } = message;
  const tokens = tokenWords(message);
  return [
    tokens === '' ? '' : `Tokens: ${tokens}`,
    durationMs === undefined ? '' : `${(durationMs / 1000).toFixed(1)} s`,
    files === 0 ? '' : countWords(files, 'file'),
    images === 0 ? '' : `${countWords(images, 'image')} not kept`,
    citations === 0 ? '' : countWords(citations, 'citation'),
    toolCalls === 0 ? '' : countWords(toolCalls, 'tool call'),
    rating === undefined ? '' : rating > 0 ? 'Rated good' : 'Rated bad',
  ].filter((words) => words !== '');
}

/** A word about a message that is unlike others, with what it means. */
export interface Badge {
  readonly word: string;
  readonly meaning: string;
}

const BADGES: readonly (Badge & { readonly isTrue: (message: ConversationMessage) => boolean })[] = [
  { word: 'deleted', meaning: 'Not on the server any more', isTrue: ({ isDeleted }) => isDeleted },
  { word: 'error', meaning: 'The answer ended with an error', isTrue: ({ isError }) => isError },
  {
    word: 'unfinished',
    meaning: 'The answer was still being written when it was synced',
    isTrue: ({ isDone }) => !isDone,
  },
  {
    word: 'copy',
    meaning: 'The same message stands in an older chat, where reports count it',
    isTrue: ({ isCopy }) => isCopy,
  },
];

export function badgesOf(message: ConversationMessage): readonly Badge[] {
  return BADGES.filter(({ isTrue }) => isTrue(message));
}

/** Why a message shows no text. */
export function absenceWords(absence: TextAbsence): string {
  switch (absence.kind) {
    case 'empty':
      return 'No text.';
    case 'private':
      return 'The privacy mode keeps no text.';
    case 'removed':
      return `The text (${countWords(absence.chars, 'character')}) is not in the database any more.`;
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
  return `${countWords(messages.length, 'message')}${tokens === '' ? '' : ` · Tokens: ${tokens}`}`;
}
