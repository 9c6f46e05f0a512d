import * as l10n from '@vscode/l10n';
import type { CostRow } from '../../store/costs/costTypes';
import type { CsvRow } from './csvFile';
import type { CostField, FileColumns } from './dialects';
import { exactIn, plainNumber, roundTogether, utcDayIn, type Exact } from './fields';
import { groupBy } from './groupBy';
import { CostFileError, MOST_ROWS } from './importTypes';
import { MonthSizes } from './monthSizes';
import { ownerOf, type RowOwner } from './rowScope';
import type { WrittenForm } from './writtenForm';

/** Charges that only amortized exports hold. */
const AMORTIZED_ONLY: ReadonlySet<string> = new Set(['unusedreservation', 'unusedsavingsplan']);
/** What is paid in advance: actual exports have its use without cost. */
const PAID_BEFORE: ReadonlySet<string> = new Set(['reservation', 'savingsplan']);

/** One of them says whose a row is. */
const OWNERS: readonly CostField[] = ['subscription', 'resource', 'billingAccount'];

type Identity = Omit<CostRow, 'costE8' | 'quantity' | 'unit' | 'service' | 'publisherType'>;

type AmountKind = FileColumns['amounts'][number]['costType'];

interface Collected {
  readonly owner: RowOwner;
  readonly costType: AmountKind;
  readonly identity: Identity;
  amount: Exact;
  quantity: number | undefined;
  unit: string | undefined;
  readonly service: string | undefined;
  readonly publisherType: string | undefined;
}

/** One scope's rows of one view of the cost. */
export interface CollectedScope {
  readonly owner: RowOwner;
  readonly costType: AmountKind;
  readonly rows: readonly CostRow[];
}

/** All that a file holds. */
export interface CollectedFile {
  readonly rows: number;
  /** First and last UTC day in the file. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly scopes: readonly CollectedScope[];
  /** A charge that only amortized cost has, with its row; undefined: there is none. */
  readonly amortizedSign: { readonly number: number; readonly chargeType: string } | undefined;
}

/** Adds up a file's rows by day, resource, meter and kind of charge, without loss. */
export class CostCollector {
  readonly #form: WrittenForm;
  readonly #givenScope: string | undefined;
  /** By scope: the first name that a row gives it. */
  readonly #owners = new Map<string, RowOwner>();
  readonly #collected = new Map<string, Collected>();
  readonly #sizes = new MonthSizes();
  #rows = 0;
  #firstDay = Infinity;
  #lastDay = -Infinity;
  #amortizedSign: CollectedFile['amortizedSign'];

  /** @param givenScope of all rows; undefined: as they say themselves */
  constructor(form: WrittenForm, givenScope: string | undefined) {
    this.#form = form;
    this.#givenScope = givenScope;
  }

  /** @throws CostFileError that names the row and what is wrong with it */
  add(row: CsvRow, columns: FileColumns): void {
    if (row.fields.length !== columns.width) {
      throw new CostFileError(
        l10n.t(
          'Row {0} has {1} fields, the header {2}: the file may be cut off or changed. Nothing was imported.',
          row.number,
          row.fields.length,
          columns.width,
        ),
      );
    }
    if (this.#givenScope === undefined && !OWNERS.some((field) => columns.fields[field] !== undefined)) {
      throw new CostFileError(
        l10n.t(
          'The file names no subscription, resource or billing account. Import it at the command line with --scope. Nothing was imported.',
        ),
      );
    }
    const text = textIn(row, columns);
    const utcDay = dayOf(row, text('date'), this.#form);
    const resource = resourceIdOf(text('resource'));
    const found = ownerOf(
      {
        number: row.number,
        resource,
        subscription: text('subscription'),
        subscriptionName: text('subscriptionName'),
        billingAccount: text('billingAccount'),
        provider: text('provider'),
      },
      this.#givenScope,
    );
    const owner = this.#owners.get(found.scope) ?? found;
    this.#owners.set(owner.scope, owner);
    const chargeType = text('chargeType') || 'Usage';
    const amounts = columns.amounts.map(({ costType, index }) => ({
      costType,
      amount: amountOf(row, index, this.#form),
    }));
    const sign = amortizedSignOf(
      chargeType,
      text('pricingModel'),
      amounts.map(({ amount }) => amount),
    );
    if (sign !== undefined) {
      this.#amortizedSign ??= { number: row.number, chargeType: sign };
    }
    const identity: Identity = {
      utcDay,
      resourceId: resource,
      meter: text('meter'),
      meterSubcategory: text('subcategory'),
      chargeType,
      tag: '',
      currency: currencyOf(row, text('currency')),
    };
    const others = {
      quantity: numberIn(text('quantity'), this.#form),
      unit: text('unit') || undefined,
      service: text('service') || undefined,
      publisherType: text('publisherType') || undefined,
    };
    for (const { costType, amount } of amounts) {
      const { number } = row;
      this.#sizes.add({ number, scope: owner.scope, costType, utcDay, currency: identity.currency }, amount);
      this.#collect({ owner, costType, identity, amount, ...others });
    }
    this.#rows += 1;
    this.#firstDay = Math.min(this.#firstDay, utcDay);
    this.#lastDay = Math.max(this.#lastDay, utcDay);
  }

  /** @throws CostFileError when there was no row */
  finish(): CollectedFile {
    if (this.#rows === 0) {
      throw new CostFileError(l10n.t('The file holds no rows. Choose an export of a month with cost.'));
    }
    const groups = groupBy(this.#collected.values(), ({ owner, costType }) => `${costType} ${owner.scope}`);
    const scopes = [...groups.values()].map((group): CollectedScope => {
      const [{ owner, costType }] = group as readonly [Collected];
      return { owner, costType, rows: roundedRows(group) };
    });
    return {
      rows: this.#rows,
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      scopes,
      amortizedSign: this.#amortizedSign,
    };
  }

  #collect(one: Collected): void {
    const { owner, costType, identity, amount, quantity, unit } = one;
    const key = [costType, owner.scope, ...Object.values(identity)].join('\u0000');
    const before = this.#collected.get(key);
    if (before !== undefined) {
      before.amount += amount;
      // Of two units, or of an unknown one, no sum can be made.
      before.quantity = before.unit === unit ? sumOf(before.quantity, quantity) : undefined;
      before.unit = before.unit === unit ? unit : undefined;
      return;
    }
    if (this.#collected.size === MOST_ROWS) {
      throw new CostFileError(
        l10n.t(
          'The file holds too many days, resources and meters at once. Import it in parts, such as months.',
        ),
      );
    }
    this.#collected.set(key, one);
  }
}

function textIn({ fields }: CsvRow, columns: FileColumns): (field: CostField) => string {
  return (field) => {
    const place = columns.fields[field];
    return place === undefined ? '' : (fields[place] ?? '').trim();
  };
}

/** Each day and currency adds up to its own rounded sum. */
function roundedRows(collected: readonly Collected[]): readonly CostRow[] {
  const groups = groupBy(collected, ({ identity }) => `${identity.utcDay} ${identity.currency}`);
  return [...groups.values()].flatMap((group) => {
    const amounts = roundTogether(group.map(({ amount }) => amount));
    return group.map(({ identity, quantity, unit, service, publisherType }, index): CostRow => ({
      ...identity,
      costE8: amounts[index] ?? 0n,
      quantity,
      unit,
      service,
      publisherType,
    }));
  });
}

/** A charge that only amortized cost has, as the row names it. */
function amortizedSignOf(
  chargeType: string,
  pricingModel: string,
  amounts: readonly Exact[],
): string | undefined {
  const charge = chargeType.toLowerCase();
  if (AMORTIZED_ONLY.has(charge)) {
    return chargeType;
  }
  const isPaidBefore = charge === 'usage' && PAID_BEFORE.has(pricingModel.toLowerCase().replace(' ', ''));
  return isPaidBefore && amounts.some((amount) => amount !== 0n) ? pricingModel : undefined;
}

function dayOf({ number }: CsvRow, text: string, { isDayFirst }: WrittenForm): number {
  const day = utcDayIn(text, isDayFirst);
  if (day === undefined) {
    throw new CostFileError(
      l10n.t(
        'Row {0}: "{1}" is no date. Dates look like 2025-10-31 or 10/31/2025. Nothing was imported.',
        number,
        text,
      ),
    );
  }
  return day;
}

function amountOf({ number, fields }: CsvRow, index: number, { decimal }: WrittenForm): Exact {
  const text = fields[index] ?? '';
  const amount = exactIn(text, decimal);
  if (amount === undefined) {
    throw new CostFileError(
      l10n.t('Row {0}: "{1}" is no amount, such as 12.34. Nothing was imported.', number, text),
    );
  }
  return amount;
}

function currencyOf({ number }: CsvRow, text: string): string {
  const currency = text.toUpperCase();
  if (!/^[A-Z]{3}$/u.test(currency)) {
    throw new CostFileError(
      l10n.t('Row {0}: "{1}" is no currency, such as EUR. Nothing was imported.', number, text),
    );
  }
  return currency;
}

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function numberIn(text: string, { decimal }: WrittenForm): number | undefined {
  return exactIn(text, decimal) === undefined ? undefined : Number(plainNumber(text, decimal));
}

/** Lower case, with the slash that Azure begins them with. */
function resourceIdOf(text: string): string {
  const id = text.toLowerCase();
  return id.startsWith('subscriptions/') ? `/${id}` : id;
}
