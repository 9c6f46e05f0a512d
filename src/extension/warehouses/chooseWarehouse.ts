import * as l10n from '@vscode/l10n';
import { warehouseOf, warehouseSource, type ReportSource } from '../../reports/reportSource';
import { chooseOne, type ChoiceItem } from '../quickInput';
import type { Warehouse } from '../../warehouse/warehouseTypes';

/** There is no warehouse that a command could be about. */
export class NoWarehouseError extends Error {
  override readonly name = 'NoWarehouseError';
  constructor() {
    super(l10n.t('There is no warehouse yet. Add one first.'));
  }
}

/** Asks for a warehouse, even where there is one alone. @throws NoWarehouseError, CancelledError */
export function chooseWarehouse(title: string, warehouses: readonly Warehouse[]): Promise<Warehouse> {
  if (warehouses.length === 0) {
    throw new NoWarehouseError();
  }
  return chooseOne(title, l10n.t('Which warehouse?'), warehouses.map(itemOf));
}

/** Asks what a report reads. @returns undefined for the mirror @throws CancelledError */
export function chooseSource(
  warehouses: readonly Warehouse[],
  current: ReportSource | undefined,
): Promise<ReportSource | undefined> {
  const inUse = (is: boolean): string => (is ? l10n.t('in use') : '');
  const name = warehouseOf(current)?.toLowerCase();
  return chooseOne<ReportSource | undefined>(
    l10n.t('Choose Report Source'),
    l10n.t('What does the report read?'),
    [
      {
        label: l10n.t('Mirror'),
        description: inUse(current === undefined),
        detail: l10n.t('The database on this machine.'),
        value: undefined,
      },
      ...warehouses.map((warehouse) => ({
        ...itemOf(warehouse),
        description: inUse(warehouse.name.toLowerCase() === name),
        value: warehouseSource(warehouse.name),
      })),
    ],
  );
}

function itemOf(warehouse: Warehouse): ChoiceItem<Warehouse> {
  const { name, host, database, schema } = warehouse;
  return { label: name, detail: `${host} · ${database} · ${schema}`, value: warehouse };
}
