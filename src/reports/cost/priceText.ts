import { CostEntryError, parseAmounts, type PriceAmounts } from '../../store/costs/costEntries';

/** How {@link parsePriceText} wants a price typed. */
export const PRICE_FORM = 'input / output, or input / cached / output, per million tokens, then the currency';
export const PRICE_EXAMPLE = '2.5 / 1.25 / 10 USD';

/** A number of money without needless digits: `0.075`, `15`. */
export function amountText(value: number): string {
  return String(Number(value.toFixed(9)));
}

/** `2.5 / 1.25 / 10 USD per million tokens`, `costs nothing` */
export function priceText(price: PriceAmounts): string {
  const { inputPerMillion, cachedPerMillion, outputPerMillion, perRequest = 0, currency } = price;
  if (isFree(price)) {
    return 'costs nothing';
  }
  const tokens = [
    inputPerMillion,
    ...(cachedPerMillion === undefined ? [] : [cachedPerMillion]),
    outputPerMillion,
  ];
  const request = perRequest === 0 ? '' : `, and ${amountText(perRequest)} ${currency} per request`;
  return `${tokens.map(amountText).join(' / ')} ${currency} per million tokens${request}`;
}

/** Whether a price says that the model costs nothing. */
export function isFree({
  inputPerMillion,
  cachedPerMillion = 0,
  outputPerMillion,
  perRequest = 0,
}: PriceAmounts): boolean {
  return Math.max(inputPerMillion, cachedPerMillion, outputPerMillion, perRequest) === 0;
}

/** What makes a model free: only where an administrator says so. */
export const FREE: Omit<PriceAmounts, 'currency'> = {
  inputPerMillion: 0,
  cachedPerMillion: 0,
  outputPerMillion: 0,
  perRequest: 0,
};

const TYPED = /^(?<numbers>[\d.,+\-eE\s/;]+?)\s*(?<currency>[A-Za-z]+)?$/u;

/**
 * Reads what somebody types: `2.5 / 10 USD` (input / output) or `2.5 / 1.25 / 10 USD` (input / cached / output).
 * @param usual the currency where none is typed
 * @throws CostEntryError that says how to type it, or what is wrong with a number or the currency
 */
export function parsePriceText(typed: string, usual: string): PriceAmounts {
  const { numbers = '', currency = usual } = TYPED.exec(typed.trim())?.groups ?? {};
  const values = numbers
    .split(/[/;]/u)
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part.trim())));
  const [first, second, third] = values;
  if (values.some(Number.isNaN) || first === undefined || second === undefined || values.length > 3) {
    throw new CostEntryError(`Type ${PRICE_FORM}, such as ${PRICE_EXAMPLE}.`);
  }
  return parseAmounts({
    currency,
    inputPerMillion: first,
    ...(third === undefined ? {} : { cachedPerMillion: second }),
    outputPerMillion: third ?? second,
  });
}
