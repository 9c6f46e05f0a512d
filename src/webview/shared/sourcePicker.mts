import * as l10n from '@vscode/l10n';
import type { ReportModel } from '../../reports/reportModel';
import { warehouseOf, warehouseSource, type ReportSource } from '../../reports/reportSource';
import { Dropdown } from './controls.mjs';

/** Stands for the mirror, which settings do not name. */
const MIRROR = 'mirror';

/** Which database numbers are read from: the mirror, or one of the warehouses. Hidden where there is none. */
export class SourcePicker {
  readonly #list: Dropdown;
  readonly element: HTMLElement;

  constructor(onPick: (source: ReportSource | undefined) => void) {
    this.#list = new Dropdown({ label: l10n.t('Source'), onChange: (value) => onPick(sourceOf(value)) });
    this.element = this.#list.element;
  }

  /** Shows what is read, of what can be. A warehouse that was removed stays in the list while it is asked for. */
  show(source: ReportSource | undefined, warehouses: readonly string[]): void {
    const asked = warehouseOf(source);
    const known = warehouses.find((name) => name.toLowerCase() === asked?.toLowerCase());
    const removed = asked === undefined || known !== undefined ? [] : [asked];
    const names = [...warehouses, ...removed];
    const sources = [undefined, ...names.map(warehouseSource)];
    this.#list.show(
      sources.map((one) => ({ value: one ?? MIRROR, title: sourceTitle(one) })),
      asked === undefined ? MIRROR : warehouseSource(known ?? asked),
    );
    this.element.hidden = names.length === 0;
  }
}

/** The name of a source as the list has it. */
export function sourceTitle(source: ReportSource | undefined): string {
  const name = warehouseOf(source);
  return name === undefined ? l10n.t('Mirror') : l10n.t('Warehouse {0}', name);
}

/** Which warehouse numbers are of, and how old they are. */
export function originWords({ name, pushedAt }: NonNullable<ReportModel['warehouse']>): string {
  return l10n.t('From warehouse {0}, pushed {1}', name, pushedAt);
}

/** What a value of the list means; undefined is the mirror. */
function sourceOf(value: string): ReportSource | undefined {
  const name = warehouseOf(value);
  return name === undefined ? undefined : warehouseSource(name);
}
