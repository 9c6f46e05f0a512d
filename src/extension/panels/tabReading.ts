import { warehouseOf, type ReportSource } from '../../reports/reportSource';
import type { ReportReader } from '../../store/resultSet';
import type { WarehouseReading } from '../warehouses/warehouseReading';
import type { ReportReading } from './reportSession';

/** What one tab reads: a database of this machine, or a warehouse, whose connection ends when the tab reads something else. */
export class TabReading {
  readonly #local: ReportReader;
  readonly #readWarehouse: (name: string) => WarehouseReading;
  #warehouse: WarehouseReading | undefined;

  /** @param readWarehouse connects to nothing before something is asked */
  constructor(local: ReportReader, readWarehouse: (name: string) => WarehouseReading) {
    this.#local = local;
    this.#readWarehouse = readWarehouse;
  }

  of(source: ReportSource | undefined): ReportReading {
    const name = warehouseOf(source);
    if (name !== this.#warehouse?.name) {
      this.#warehouse?.dispose();
      this.#warehouse = name === undefined ? undefined : this.#readWarehouse(name);
    }
    const warehouse = this.#warehouse;
    return warehouse === undefined
      ? { reader: this.#local }
      : { reader: warehouse, begin: () => warehouse.begin() };
  }

  dispose(): void {
    this.#warehouse?.dispose();
  }
}
