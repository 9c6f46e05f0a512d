import type { ReadFrom } from '../../reports/reportRequest';
import { warehouseOf } from '../../reports/reportSource';
import type { ReportReader } from '../../store/resultSet';
import type { Core } from '../core';
import type { Services } from '../services';
import { shownServices, type SourceSetting } from '../sources/servicesOf';

/** The services with the reader that a report was read by. */
export interface ShownServices extends Omit<Services, 'reader'> {
  readonly reader: ReportReader;
  /** Connects to the warehouse before a report is built anew; absent: it is none. @throws WarehouseError */
  readonly beginWarehouse?: (() => Promise<ReadFrom>) | undefined;
}

/**
 * Works where a setting's source is: the mirror, the demo, or a warehouse, which is open meanwhile.
 * @throws UnknownWarehouseError, DemoRemovedError; what the work throws
 */
export async function whereShown<T>(
  services: Services & Pick<Core, 'warehouses'>,
  setting: SourceSetting,
  work: (services: ShownServices) => Promise<T>,
): Promise<T> {
  const shown = shownServices(services, setting);
  const name = warehouseOf(setting.source);
  if (name === undefined) {
    return work(shown);
  }
  const reader = services.warehouses.reading(name);
  try {
    return await work({ ...shown, reader, beginWarehouse: () => reader.begin() });
  } finally {
    reader.dispose();
  }
}
