import type { BucketUnit } from './days';
import type { LocalDay } from './days';
import { MS_PER_DAY } from './days';

/** How a number is written. */
export type NumberFormat = 'integer' | 'compact' | 'percent' | 'decimal' | 'bytes' | 'money';

/** A value of a dataset: BLOBs do not occur, integers beyond 2^53 are rounded. */
export type Value = string | number | null;

/** What is shown where nothing is known. Never a zero. */
export const UNKNOWN = '–';

/** Writes local days in words. */
export interface DayWords {
  /** "3 Nov 2025". */
  day(day: LocalDay): string;
  /** A whole step of a time axis: "Mon, 3 Nov 2025", "Week of 3 Nov 2025", "Nov 2025". */
  bucket(start: LocalDay, unit: BucketUnit): string;
}

/** Writes numbers and days in one locale, the same in panels and in exported files. */
export interface Formatter extends DayWords {
  number(value: Value, format: NumberFormat): string;
  /** A difference with its sign: "+1,204", "-3". */
  signed(value: number, format: NumberFormat): string;
}

const NUMBER_OPTIONS: Readonly<Record<NumberFormat, Intl.NumberFormatOptions>> = {
  integer: { maximumFractionDigits: 0 },
  compact: { notation: 'compact', maximumSignificantDigits: 3 },
  percent: { style: 'percent', maximumFractionDigits: 1 },
  decimal: { maximumFractionDigits: 2 },
  bytes: { style: 'unit', unitDisplay: 'narrow', maximumSignificantDigits: 3 },
  // "1,234.50"; of less than a cent two digits: "0.0012". Its currency stands beside it.
  money: {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    maximumSignificantDigits: 2,
    roundingPriority: 'morePrecision',
  },
};

/** Each 1000 of the one before, as charts write them. */
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Below this a compact number is written in full: "9,873" says more than "9.87K". */
const COMPACT_FROM = 10_000;

/** A formatter for a BCP 47 locale; an unknown one falls back to English. */
export function createFormatter(locale: string): Formatter {
  const supported = isLocale(locale) ? locale : 'en';
  // Making an Intl format takes longer than a hundred uses of it.
  const numberFormats = new Map<string, Intl.NumberFormat>();
  const numberFormat = (
    format: NumberFormat,
    signDisplay: 'auto' | 'exceptZero',
    unit?: string,
  ): Intl.NumberFormat => {
    const key = `${format} ${signDisplay} ${unit ?? ''}`;
    const options = { ...NUMBER_OPTIONS[format], signDisplay, ...(unit !== undefined && { unit }) };
    const made = numberFormats.get(key) ?? new Intl.NumberFormat(supported, options);
    numberFormats.set(key, made);
    return made;
  };
  const dayFormat = (options: Intl.DateTimeFormatOptions): ((day: LocalDay) => string) => {
    const format = new Intl.DateTimeFormat(supported, { ...options, timeZone: 'UTC' });
    return (day) => format.format(day * MS_PER_DAY);
  };
  const written = (value: number, format: NumberFormat, signDisplay: 'auto' | 'exceptZero'): string => {
    if (format === 'bytes') {
      const power = powerOf(value);
      return numberFormat(format, signDisplay, BYTE_UNITS[power]).format(value / 1000 ** power);
    }
    const isShort = format === 'compact' && Math.abs(value) < COMPACT_FROM;
    return numberFormat(isShort ? 'integer' : format, signDisplay).format(value);
  };
  const day = dayFormat({ day: 'numeric', month: 'short', year: 'numeric' });
  const bucketWords: Readonly<Record<BucketUnit, (start: LocalDay) => string>> = {
    day: dayFormat({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    week: (start) => `Week of ${day(start)}`,
    month: dayFormat({ month: 'short', year: 'numeric' }),
  };
  return {
    number: (value, format) =>
      typeof value === 'number' ? written(value, format, 'auto') : (value ?? UNKNOWN),
    signed: (value, format) => written(value, format, 'exceptZero'),
    day,
    bucket: (start, unit) => bucketWords[unit](start),
  };
}

/** Of the largest unit of which there is at least one. */
function powerOf(bytes: number): number {
  const power = BYTE_UNITS.findLastIndex((_, index) => Math.abs(bytes) >= 1000 ** index);
  return Math.max(0, power);
}

function isLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}
