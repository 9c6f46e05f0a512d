import type { NumberFormat } from '../format';
import type { MetricId } from '../metrics';

/** A chart is a kind and the columns it draws; `buildSpec` knows how each kind looks. */
export type ChartKind =
  | {
      /** Several columns of each step stacked. */
      readonly kind: 'stackedTime';
      readonly series: readonly MetricId[];
    }
  | {
      /** One column of each step, split by `series` and ordered by `series_rank`, stacked. */
      readonly kind: 'splitTime';
      readonly value: MetricId;
    }
  | { readonly kind: 'lineTime'; readonly value: MetricId }
  | {
      /** The first rows (`rank` 1 to `top`) as bars. */
      readonly kind: 'bars';
      readonly label: string;
      readonly value: string;
      readonly valueTitle: string;
      readonly format: NumberFormat;
      readonly top: number;
    }
  | {
      /** `weekday` (0 = Monday) by `hour`. */
      readonly kind: 'weekdayHour';
      readonly value: string;
      readonly valueTitle: string;
    };

/** The declaration of one kind. */
export type Chart<K extends ChartKind['kind']> = Extract<ChartKind, { kind: K }>;
