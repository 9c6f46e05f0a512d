import * as l10n from '@vscode/l10n';
import { isNumberInSql, quotedText } from './sqlQuoting';

/** A value that a parameter can have. */
export type ParameterValue = string | number | null;

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
