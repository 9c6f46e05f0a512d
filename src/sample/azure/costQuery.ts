import { monthOf } from './days';
import { dimensionOf, usageDateOf } from './dimensions';
import type { BilledRow } from './estate';
import { numberOf } from './money';
import type { Aggregated, CostQuery } from './queryBody';

export interface Column {
  readonly name: string;
  readonly type: 'Number' | 'String' | 'Datetime';
}

export type Cell = string | number | null;

/** The whole answer, before it is cut into pages. */
export interface CostAnswer {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

interface Sums {
  readonly first: BilledRow;
  cost: bigint;
  quantity: number;
}

/** @param rows of the scope. @param dollars for one of a currency */
export function answerQuery(
  query: CostQuery,
  rows: readonly BilledRow[],
  dollars: Readonly<Record<string, number>>,
): CostAnswer {
  const keys = keyColumns(query);
  const groups = new Map<string, Sums>();
  for (const row of rows) {
    const cost = row[query.view];
    if (cost === undefined || row.day < query.from || row.day > query.to || !query.accepts(row)) {
      continue;
    }
    const key = JSON.stringify(keys.map(({ valueOf }) => lowered(valueOf(row))));
    const sums = groups.get(key) ?? { first: row, cost: 0n, quantity: 0 };
    sums.cost += cost;
    sums.quantity += row.quantity;
    groups.set(key, sums);
  }
  const aggregated = query.aggregated.map((name): Column => ({ name, type: 'Number' }));
  const columns = [...aggregated, ...keys.map(({ column }) => column)];
  const answer = [...groups.values()].map((sums): readonly Cell[] => [
    ...query.aggregated.map((name) => aggregate(name, sums, dollars)),
    ...keys.map(({ valueOf }) => valueOf(sums.first)),
  ]);
  return { columns, rows: sorted(columns, answer, query.sorting) };
}

interface KeyColumn {
  readonly column: Column;
  readonly valueOf: (row: BilledRow) => Cell;
}

function keyColumns({ granularity, grouping }: CostQuery): readonly KeyColumn[] {
  const columns: KeyColumn[] = [];
  if (granularity === 'Daily') {
    columns.push({ column: { name: 'UsageDate', type: 'Number' }, valueOf: ({ day }) => usageDateOf(day) });
  } else if (granularity === 'Monthly') {
    columns.push({
      column: { name: 'BillingMonth', type: 'Datetime' },
      valueOf: ({ day }) => `${monthOf(day)}-01T00:00:00`,
    });
  }
  for (const { type, name } of grouping) {
    columns.push(...(type === 'TagKey' ? tagColumns(name) : [dimensionColumn(name)]));
  }
  return [...columns, { column: { name: 'Currency', type: 'String' }, valueOf: ({ currency }) => currency }];
}

function dimensionColumn(name: string): KeyColumn {
  const valueOf = dimensionOf(name) ?? (() => null);
  return { column: { name, type: 'String' }, valueOf };
}

/** A tag comes as two columns; rows without it have neither. */
function tagColumns(key: string): readonly KeyColumn[] {
  return [
    {
      column: { name: 'TagKey', type: 'String' },
      valueOf: ({ tags }) => (tags[key] === undefined ? null : key),
    },
    { column: { name: 'TagValue', type: 'String' }, valueOf: ({ tags }) => tags[key] ?? null },
  ];
}

function aggregate(
  name: Aggregated,
  { first, cost, quantity }: Sums,
  dollars: Readonly<Record<string, number>>,
): Cell {
  switch (name) {
    case 'Cost':
    case 'PreTaxCost':
      return numberOf(cost);
    case 'CostUSD': {
      const rate = dollars[first.currency];
      return rate === undefined ? null : Number((numberOf(cost) * rate).toFixed(8));
    }
    case 'UsageQuantity':
      return Number(quantity.toFixed(8));
  }
}

function sorted(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  sorting: CostQuery['sorting'],
): readonly (readonly Cell[])[] {
  const places = sorting.map(({ name, direction }) => ({
    index: columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
    sign: direction === 'descending' ? -1 : 1,
  }));
  return rows.toSorted((one, other) => {
    for (const { index, sign } of places) {
      const order = sign * compare(one[index] ?? null, other[index] ?? null);
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  });
}

function compare(one: Cell, other: Cell): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'en');
}

function lowered(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.toLowerCase() : cell;
}
