import * as l10n from '@vscode/l10n';
import { CostEntryError } from '../../../store/costs/costEntries';

/** An amount with its currency as somebody types it. */
export interface TypedMoney {
  readonly amount: number;
  /** ISO 4217, in capitals. */
  readonly currency: string;
}

const MONEY =
  /^(?<amount>[+-]?[\d., '’]*\d)\s*(?<currency>[A-Za-z]{3})$|^(?<before>[A-Za-z]{3})\s*(?<then>[+-]?[\d., '’]*\d)$/u;

/** Reads `1,234.56 EUR`, `1.234,56 EUR` or `EUR 1234.56`. @throws CostEntryError that says how to type it */
export function parseMoney(typed: string): TypedMoney {
  const groups = MONEY.exec(typed.trim())?.groups;
  const currency = (groups?.['currency'] ?? groups?.['before'] ?? '').toUpperCase();
  const amount = parseAmount(groups?.['amount'] ?? groups?.['then'] ?? '');
  if (groups === undefined || amount === undefined) {
    throw new CostEntryError(l10n.t('Type an amount and its currency, such as 1234.56 EUR.'));
  }
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new CostEntryError(
      l10n.t('"{0}" is no currency code. Give one of three letters, such as USD or EUR.', currency),
    );
  }
  return { amount, currency };
}

/**
 * A number with either sign before its decimals: `1,234.56`, `1.234,56`, `1234.5`. What could be both, such as `1,234`, has
 * three digits after one sign and counts as thousands. Undefined: no number.
 */
export function parseAmount(typed: string): number | undefined {
  const text = typed.trim().replace(/[\s'’]/gu, '');
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const sign = text[last];
  const signs = text.split(/[.,]/u).length - 1;
  const isDecimal = last >= 0 && (!/^\d{3}$/u.test(text.slice(last + 1)) || isOther(text, sign));
  const [whole, decimals] = isDecimal ? [text.slice(0, last), text.slice(last + 1)] : [text, ''];
  const isGrouped = /^[+-]?\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?$/u.test(whole);
  if (!(isGrouped || (/^[+-]?\d+$/u.test(whole) && signs <= 1)) || !/^\d*$/u.test(decimals)) {
    return undefined;
  }
  return Number(`${whole.replace(/[.,]/gu, '')}.${decimals === '' ? '0' : decimals}`);
}

/** Whether the sign that comes last is another one than those before it. */
function isOther(text: string, last: string | undefined): boolean {
  const [first] = /[.,]/u.exec(text) ?? [];
  return first !== undefined && first !== last;
}

/** Reads `2026-03`, the month of an invoice. @throws CostEntryError */
export function parseMonth(typed: string): string {
  const month = typed.trim();
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month)) {
    throw new CostEntryError(l10n.t('"{0}" is no month. Give it as YYYY-MM, such as 2026-03.', month));
  }
  return month;
}

/** Reads a part of an invoice; nothing is none. @throws CostEntryError */
export function parsePart(typed: string): number | undefined {
  if (typed.trim() === '') {
    return undefined;
  }
  const amount = parseAmount(typed);
  if (amount === undefined || amount < 0) {
    throw new CostEntryError(l10n.t('Type an amount, such as 1234.56, or nothing.'));
  }
  return amount;
}
