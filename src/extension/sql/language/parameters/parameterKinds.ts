import * as l10n from '@vscode/l10n';
import { dayOfIso } from '../../../../reports/days';

/** How a parameter is asked for: by its name, whatever its sign. */
export type ParameterKind = 'instance' | 'day' | 'any';

const KINDS: Readonly<Record<string, ParameterKind>> = { instance: 'instance', from: 'day', to: 'day' };

/** The form of a day. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `:from`, `@from` and `$from` mean the same and share their value. */
export function bareName(parameter: string): string {
  return parameter.slice(1);
}

export function kindOf(parameter: string): ParameterKind {
  const name = bareName(parameter).toLowerCase();
  return (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? 'any';
}

/** What is wrong with a day that somebody types; undefined for a day of the calendar. */
export function objectionToDay(text: string): string | undefined {
  const day = text.trim();
  if (!DAY.test(day)) {
    return l10n.t('Enter a day as YYYY-MM-DD, for example 2026-11-01.');
  }
  return dayOfIso(day) === undefined ? l10n.t('There is no such day in the calendar.') : undefined;
}
