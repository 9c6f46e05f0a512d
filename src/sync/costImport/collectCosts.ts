import * as l10n from '@vscode/l10n';
import type { CostRow } from '../../store/costs/costTypes';
import type { CsvRow } from './csvFile';
import type { CostField, FileColumns } from './dialects';
import { exactIn, roundTogether, utcDayIn, type Exact } from './fields';
import { groupBy } from './groupBy';
import { CostFileError } from './importTypes';
import { ownerOf, type RowOwner } from './rowScope';

/** Rows of costs that are kept of one file: far more than a year of a large subscription has by day, resource and meter. */
const MOST_ROWS = 1_000_000;
/** Charges that only amortized exports hold. */
const AMORTIZED_ONLY: ReadonlySet<string> = new Set(['unusedreservation', 'unusedsavingsplan']);
/** What is paid in advance: actual exports have its use without cost. */
const PAID_BEFORE: ReadonlySet<string> = new Set(['reservation', 'savingsplan']);

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
  readonly #columns: FileColumns;
  readonly #givenScope: string | undefined;
  /** By scope: the first name that a row gives it. */
  readonly #owners = new Map<string, RowOwner>();
  readonly #collected = new Map<string, Collected>();
  #rows = 0;
  #firstDay = Infinity;
  #lastDay = -Infinity;
  #amortizedSign: CollectedFile['amortizedSign'];

  /** @param givenScope of all rows; undefined: as they say themselves */
  constructor(columns: FileColumns, givenScope: string | undefined) {
    this.#columns = columns;
    this.#givenScope = givenScope;
  }

  /** @throws CostFileError that names the row and what is wrong with it */
  add(row: CsvRow): void {
    if (row.fields.length !== this.#columns.width) {
      throw new CostFileError(
        l10n.t(
          'Row {0} has {1} fields, the header {2}: the file may be cut off or changed. Nothing was imported.',
          row.number,
          row.fields.length,
          this.#columns.width,
        ),
      );
    }
    const text = (field: CostField): string => this.#text(row, field);
    const utcDay = dayOf(row, text('date'));
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
    const sign = amortizedSignOf(
      chargeType,
      text('pricingModel'),
      this.#columns.amounts.map(({ index }) => amountOf(row, index)),
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
    for (const { costType, index } of this.#columns.amounts) {
      this.#collect({ owner, costType, identity, amount: amountOf(row, index) }, row);
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

  #collect(one: Pick<Collected, 'owner' | 'costType' | 'identity' | 'amount'>, row: CsvRow): void {
    const { owner, costType, identity, amount } = one;
    const key = [costType, owner.scope, ...Object.values(identity)].join('\u0000');
    const quantity = numberIn(this.#text(row, 'quantity'));
    const unit = this.#text(row, 'unit') || undefined;
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
    const service = this.#text(row, 'service') || undefined;
    const publisherType = this.#text(row, 'publisherType') || undefined;
    this.#collected.set(key, { ...one, quantity, unit, service, publisherType });
  }

  #text(row: CsvRow, field: CostField): string {
    const place = this.#columns.fields[field];
    return place === undefined ? '' : (row.fields[place] ?? '').trim();
  }
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

function dayOf({ number }: CsvRow, text: string): number {
  const day = utcDayIn(text);
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

function amountOf({ number, fields }: CsvRow, index: number): Exact {
  const text = fields[index] ?? '';
  const amount = exactIn(text);
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

function numberIn(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Lower case, with the slash that Azure begins them with. */
function resourceIdOf(text: string): string {
  const id = text.toLowerCase();
  return id.startsWith('subscriptions/') ? `/${id}` : id;
}
