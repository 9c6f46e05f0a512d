import type { InvoiceEntry } from '../../../store/analysis/analysisTypes';
import { monthAt, monthsBack } from '../../../store/costs/months';
import type { TypedMoney } from './invoiceText';

/** Answers so far. */
export interface InvoiceDraft {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Absent: all scopes in the currency. */
  readonly scope?: string | undefined;
  readonly money?: TypedMoney;
  readonly tax?: number | undefined;
  readonly credits?: number | undefined;
  readonly support?: number | undefined;
  readonly otherScopes?: number | undefined;
}

/** @throws Error when there is no amount yet */
export function invoiceOf({ money, ...parts }: InvoiceDraft): InvoiceEntry {
  if (money === undefined) {
    throw new Error('An invoice has an amount.');
  }
  return { ...parts, amount: money.amount, currency: money.currency };
}

/** The month before the one of a moment, UTC: the newest that an invoice is there for. @param now ms since 1970 */
export function lastMonth(now: number): string {
  const present = monthAt(now / 1000);
  return monthsBack(present, 2)[1] ?? present;
}
