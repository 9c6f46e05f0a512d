import * as l10n from '@vscode/l10n';
import { warehouseOf, warehouseSource, type ReportSource } from '../../../reports/reportSource';

/** Stands for the mirror, which settings do not name. */
const MIRROR = 'mirror';

/** What the list of sources offers, and what of it is read. A warehouse that was removed stays in it while it is asked for. */
export function sourceOptions(source: ReportSource | undefined, warehouses: readonly string[]) {
  const asked = warehouseOf(source);
  const known = warehouses.find((name) => name.toLowerCase() === asked?.toLowerCase());
  const removed = asked === undefined || known !== undefined ? [] : [asked];
  return {
    options: [
      { value: MIRROR, title: l10n.t('Mirror') },
      ...[...warehouses, ...removed].map((name) => ({
        value: warehouseSource(name),
        title: l10n.t('Warehouse {0}', name),
      })),
    ],
    selected: asked === undefined ? MIRROR : warehouseSource(known ?? asked),
  };
}

/** What a value of the list means; undefined is the mirror. */
export function sourceOf(value: string): ReportSource | undefined {
  const name = warehouseOf(value);
  return name === undefined ? undefined : warehouseSource(name);
}
