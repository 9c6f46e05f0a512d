/** How one column's values are compared. */
export const FILTER_KINDS = [
  'contains',
  'equals',
  'differs',
  'less',
  'greater',
  'isNull',
  'isNotNull',
] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

/** Rows stay whose value of the column compares so. */
export interface ColumnFilter {
  readonly column: number;
  readonly kind: FilterKind;
  /** As it was typed; empty where the kind needs none. */
  readonly value: string;
}

export interface ColumnSort {
  readonly column: number;
  readonly isDescending: boolean;
}

/** Which rows of a result are shown, and in which order. Columns are counted from 0. */
export interface Narrowing {
  /** Undefined: the order of the statement. */
  readonly sort?: ColumnSort | undefined;
  /** At most one for each column; all must hold. */
  readonly filters: readonly ColumnFilter[];
  /** Text that any column must contain. */
  readonly search: string;
}

export const WHOLE_RESULT: Narrowing = { filters: [], search: '' };

/** Whether the kind compares with a typed value. */
export function needsValue(kind: FilterKind): boolean {
  return kind !== 'isNull' && kind !== 'isNotNull';
}

export function hasFilter({ filters, search }: Narrowing): boolean {
  return filters.length > 0 || search !== '';
}

export function isWhole(narrowing: Narrowing): boolean {
  return narrowing.sort === undefined && !hasFilter(narrowing);
}

/** Ascending, then descending, then as the statement has it. */
export function withNextSort(narrowing: Narrowing, column: number): Narrowing {
  const { sort } = narrowing;
  if (sort?.column !== column) {
    return { ...narrowing, sort: { column, isDescending: false } };
  }
  return { ...narrowing, sort: sort.isDescending ? undefined : { column, isDescending: true } };
}

/** The filter takes the place of its column's. */
export function withFilter(narrowing: Narrowing, filter: ColumnFilter): Narrowing {
  return { ...narrowing, filters: [...withoutFilter(narrowing, filter.column).filters, filter] };
}

export function withoutFilter(narrowing: Narrowing, column: number): Narrowing {
  return { ...narrowing, filters: narrowing.filters.filter((filter) => filter.column !== column) };
}
