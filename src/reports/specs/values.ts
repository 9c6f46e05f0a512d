import type { NumberFormat } from '../format';
import { UNKNOWN } from '../format';
import { metricOf } from '../metrics/metrics';
import type { ChartValue } from './chartKinds';
import type { Transform } from './specTypes';

/** A number that a chart draws, with its words. */
export interface DrawnValue {
  readonly field: string;
  readonly title: string;
  readonly format: NumberFormat;
}

/** Words and format of a chart's number; a metric brings its own. */
export function drawnValue(value: ChartValue): DrawnValue {
  if (typeof value !== 'string') {
    return value;
  }
  const { title, format } = metricOf(value);
  return { field: value, title, format };
}

/**
 * A text or list of texts in Vega's expression language. As JSON, but for the two line separators that JSON allows inside
 * of a text and Vega does not.
 */
export function literal(value: string | readonly string[]): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A column of the datum in Vega's expression language. */
export function datumOf(field: string): string {
  return `datum[${literal(field)}]`;
}

/** Below this a compact number is written in full, as reports do everywhere. */
const COMPACT_FROM = 10_000;

/** "12.3k", "4.5M", "1.2B": d3 would say G for a billion. */
const SHORT = (value: string): string => `replace(format(${value}, '.3~s'), 'G', 'B')`;

const FORMATS: Readonly<Record<NumberFormat, (value: string) => string>> = {
  integer: (value) => `format(${value}, ',.0f')`,
  compact: (value) => `(abs(${value}) < ${COMPACT_FROM} ? format(${value}, ',.0f') : ${SHORT(value)})`,
  percent: (value) => `format(${value}, '.1~%')`,
  decimal: (value) => `format(${value}, ',.2~f')`,
  bytes: (value) => `format(${value}, '.3~s') + 'B'`,
  money: (value) => `format(${value}, abs(${value}) < 1 && ${value} !== 0 ? '.2r' : ',.2f')`,
};

/** Vega expression that writes a number; a dash where it is unknown. */
export function numberText(value: string, format: NumberFormat): string {
  return `(isValid(${value}) ? ${FORMATS[format](value)} : '${UNKNOWN}')`;
}

const AXIS_LABELS: Readonly<Record<NumberFormat, string>> = {
  integer: `datum.value >= ${COMPACT_FROM} ? ${SHORT('datum.value')} : format(datum.value, ',')`,
  compact: `datum.value >= ${COMPACT_FROM} ? ${SHORT('datum.value')} : format(datum.value, ',')`,
  percent: `format(datum.value, '~%')`,
  decimal: `datum.value >= ${COMPACT_FROM} ? ${SHORT('datum.value')} : format(datum.value, ',~f')`,
  bytes: `format(datum.value, '.3~s') + 'B'`,
  money: `datum.value >= ${COMPACT_FROM} ? ${SHORT('datum.value')} : format(datum.value, ',~f')`,
};

const WHOLE_NUMBERS: ReadonlySet<NumberFormat> = new Set(['integer', 'compact']);

/** Axis of a number. Counts get whole steps only. */
export function numberAxis(title: string, format: NumberFormat) {
  return {
    title,
    tickCount: 5,
    labelExpr: AXIS_LABELS[format],
    ...(WHOLE_NUMBERS.has(format) ? { tickMinStep: 1 } : {}),
  };
}

/** A value of a mark in words. */
export interface MarkValue {
  readonly field: string;
  readonly title: string;
  /** Absent: text. */
  readonly format?: NumberFormat;
}

const FIELD = 'mark_text';

/**
 * What the pointer shows of a mark: in panels by Vega's tooltip, in exported files from the mark's description. The
 * transforms write the numbers first, so that an unknown one is a dash and not 0.
 */
export function markValues(values: readonly MarkValue[]) {
  const shown = values.map(({ field, title, format }) => ({
    title,
    field: format === undefined ? field : `text_of_${field}`,
    calculate: format === undefined ? undefined : numberText(datumOf(field), format),
  }));
  const transforms: Transform[] = [
    ...shown.flatMap(({ field, calculate }) => (calculate === undefined ? [] : [{ calculate, as: field }])),
    {
      calculate: shown
        .map(({ field, title }) => `${literal(`${title}: `)} + ${datumOf(field)}`)
        .join(` + '; ' + `),
      as: FIELD,
    },
  ];
  return {
    transforms,
    encoding: {
      tooltip: shown.map(({ field, title }) => ({ field, title, type: 'nominal' as const })),
      description: { field: FIELD, type: 'nominal' as const },
    },
  };
}
