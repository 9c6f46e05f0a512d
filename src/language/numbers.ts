import * as l10n from '@vscode/l10n';
import { nounForms, type Noun } from './nouns';

/** `1,245`. Without Intl, whose first number takes as long as the rest of the extension takes to load. */
export function formatCount(value: number): string {
  const between = l10n.t({ message: ',', comment: ['Between thousands, as in 1,245'] });
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, between);
}

/** `4.2` */
export function formatTenths(value: number): string {
  return value.toFixed(1).replace('.', l10n.t({ message: '.', comment: ['Before decimals, as in 4.2'] }));
}

/** `1 chat`, `482 chats`, `1,245 messages` */
export function countOf(value: number, noun: Noun): string {
  const [one, several] = nounForms(noun, formatCount(value));
  return value === 1 ? one : several;
}
