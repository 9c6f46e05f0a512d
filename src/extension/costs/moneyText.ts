import * as l10n from '@vscode/l10n';
import { formatCount } from '../../language/numbers';

/** `1,234.56 EUR`; of less than a cent four decimals. */
export function moneyText(amount: number, currency: string): string {
  const isSmall = amount !== 0 && Math.abs(amount) < 0.01;
  const [whole = '0', decimals = ''] = Math.abs(amount)
    .toFixed(isSmall ? 4 : 2)
    .split('.');
  const point = l10n.t({ message: '.', comment: ['Before decimals, as in 4.2'] });
  const sign = amount < 0 ? '-' : '';
  return `${sign}${formatCount(Number(whole))}${point}${decimals} ${currency}`;
}

/** Amounts of several currencies, which are never added: `12.00 EUR + 3.50 USD`. */
export function moneyTexts(
  amounts: readonly { readonly amount: number; readonly currency: string }[],
): string {
  return amounts.map(({ amount, currency }) => moneyText(amount, currency)).join(' + ');
}
