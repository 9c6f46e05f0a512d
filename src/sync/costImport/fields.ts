const DAY_MS = 86_400_000;
/** The year comes first, with or without a time. */
const YEAR_FIRST = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ].*)?$/u,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u,
];
/** Nobody writes the month first with points. */
const DAY_FIRST = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?: .*)?$/u;
/** The month comes first, or the day. */
const EITHER = /^(?<one>\d{1,2})(?<mark>[/-])(?<other>\d{1,2})\k<mark>(?<year>\d{4})(?:[T ].*)?$/u;
const WITH_OFFSET = /T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?[+-]\d{2}:\d{2}$/u;

/** The UTC days that a date such as 10/01/2025 may be; one that is no day of the calendar is undefined. */
export interface DateReadings {
  readonly monthFirst: number | undefined;
  readonly dayFirst: number | undefined;
}

/** Undefined where a text is no such date. */
export function readingsOf(text: string): DateReadings | undefined {
  const found = EITHER.exec(text.trim())?.groups;
  if (found === undefined) {
    return undefined;
  }
  const { year, one, other } = found;
  return { monthFirst: utcDayOf(year, one, other), dayFirst: utcDayOf(year, other, one) };
}

/**
 * The UTC day that a file names; undefined where it is none.
 * @param isDayFirst in dates such as 10/01/2025; undefined: not known, they are none
 */
export function utcDayIn(text: string, isDayFirst: boolean | undefined): number | undefined {
  const trimmed = text.trim();
  if (WITH_OFFSET.test(trimmed)) {
    const time = Date.parse(trimmed);
    return Number.isNaN(time) ? undefined : Math.floor(time / DAY_MS);
  }
  for (const shape of [...YEAR_FIRST, DAY_FIRST]) {
    const found = shape.exec(trimmed)?.groups;
    if (found !== undefined) {
      return utcDayOf(found['year'], found['month'], found['day']);
    }
  }
  const readings = readingsOf(trimmed);
  return isDayFirst === undefined ? undefined : isDayFirst ? readings?.dayFirst : readings?.monthFirst;
}

function utcDayOf(...parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const time = new Date(Date.UTC(year, month - 1, day));
  // Date rolls 31 February over to March.
  const isThere = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return isThere ? time.getTime() / DAY_MS : undefined;
}

/** What separates the decimals of amounts; the other one groups digits. */
export type DecimalMark = '.' | ',';

const GROUPED = { '.': /^\d{1,3}(?:\.\d{3})+$/u, ',': /^\d{1,3}(?:,\d{3})+$/u };

/** Which mark a number shows to be the decimal one; `unclear`: it has one that may be either; undefined: it has none. */
export function decimalMarkIn(text: string): DecimalMark | 'unclear' | undefined {
  const number = text.trim().replace(/^[+-]|e[+-]?\d+$/giu, '');
  const [point, comma] = [number.lastIndexOf('.'), number.lastIndexOf(',')];
  if (point < 0 && comma < 0) {
    return undefined;
  }
  if (point >= 0 && comma >= 0) {
    return point > comma ? '.' : ',';
  }
  const [mark, other] = point >= 0 ? (['.', ','] as const) : ([',', '.'] as const);
  if (!GROUPED[mark].test(number) || number.startsWith('0')) {
    return mark;
  }
  return number.indexOf(mark) === number.lastIndexOf(mark) ? 'unclear' : other;
}

/** A number with a decimal point and no groups; undefined where its groups are none. */
export function plainNumber(text: string, decimal: DecimalMark): string | undefined {
  const group = decimal === '.' ? ',' : '.';
  const [whole = '', ...rest] = text.trim().split(decimal);
  const digits = whole.replace(/^[+-]/u, '');
  if (rest.some((part) => part.includes(group)) || (digits.includes(group) && !GROUPED[group].test(digits))) {
    return undefined;
  }
  return [whole.replaceAll(group, ''), ...rest].join('.');
}

/** Decimals of amounts while they are added up: files have up to about 20. */
const DECIMALS = 24;
const DECIMAL = /^(?<sign>[+-]?)(?<whole>\d+|(?=\.\d))(?:\.(?<part>\d*))?(?:e(?<exponent>[+-]?\d{1,3}))?$/iu;

/** Integer of 1e-24 of a currency. */
export type Exact = bigint;
/** How many of {@link Exact} are 1e-8 of a currency. */
export const EXACT_PER_E8 = 10n ** 16n;

/** An amount as written, without loss; undefined where it is no decimal number. */
export function exactIn(text: string, decimal: DecimalMark = '.'): Exact | undefined {
  const found = DECIMAL.exec(plainNumber(text, decimal) ?? '')?.groups;
  if (found === undefined) {
    return undefined;
  }
  const { sign, whole = '', part = '', exponent = '0' } = found;
  const power = Number(exponent) - part.length + DECIMALS;
  const digits = BigInt(`0${whole}${part}`);
  // Beyond 24 decimals is no money.
  const size = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
  return sign === '-' ? -size : size;
}

/**
 * Rounds amounts to 1e-8 so that they add up to their rounded sum: those that lose most by rounding down are rounded up.
 * @returns integers of 1e-8, in the same order
 */
export function roundTogether(amounts: readonly Exact[]): readonly bigint[] {
  const floors = amounts.map((amount) => floorDiv(amount, EXACT_PER_E8));
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const wanted = floorDiv(total + EXACT_PER_E8 / 2n, EXACT_PER_E8);
  const missing = Number(wanted - floors.reduce((sum, floor) => sum + floor, 0n));
  const byLoss = amounts
    .map((amount, index) => ({ index, loss: amount - (floors[index] ?? 0n) * EXACT_PER_E8 }))
    .sort((one, other) =>
      one.loss === other.loss ? one.index - other.index : one.loss > other.loss ? -1 : 1,
    );
  const raised = new Set(byLoss.slice(0, missing).map(({ index }) => index));
  return floors.map((floor, index) => (raised.has(index) ? floor + 1n : floor));
}

function floorDiv(amount: bigint, divisor: bigint): bigint {
  const quotient = amount / divisor;
  return amount % divisor < 0n ? quotient - 1n : quotient;
}
