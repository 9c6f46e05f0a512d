import * as l10n from '@vscode/l10n';
import { dayOfIso } from '../../../../reports/days';
import { isNumberInSql, quotedText } from '../../../../store/sqlite/sqlQuoting';

/** A value that a parameter can have. */
export type ParameterValue = string | number | null;

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

/** What is wrong with a value that somebody types; undefined for one that can be bound as it is meant. */
export function objectionToValue(text: string): string | undefined {
  const value = valueOf(text);
  return typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    ? l10n.t('The number is too large to be kept exactly. Put it into quotes to give it as text.')
    : undefined;
}

/** A number stays a number, `NULL` is no value, and quotes make anything a text: `'42'`. */
export function valueOf(text: string): ParameterValue {
  const typed = text.trim();
  if (isNumberInSql(typed)) {
    return Number(typed);
  }
  if (typed.toUpperCase() === 'NULL') {
    return null;
  }
  return /^'.*'$/s.test(typed) && typed.length >= 2 ? typed.slice(1, -1).replaceAll("''", "'") : text;
}

/** The text that {@link valueOf} reads as this value again. */
export function typedText(value: ParameterValue): string {
  if (value === null) {
    return 'NULL';
  }
  const text = String(value);
  return typeof value === 'string' && valueOf(text) !== value ? quotedText(text) : text;
}
