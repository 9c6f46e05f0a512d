import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { readFocusRows } from '../../../../src/reports/export/focus';
import { contentBytes } from '../../../../src/reports/export/outputFile';
import { renderExport, type ExportWish } from '../../../../src/reports/export/renderExport';
import { reconciliationReport } from '../../../../src/reports/reconciliation/reconciliationReport';
import type { ReportModel, ReportRow } from '../../../../src/reports/reportModel';
import { CostScopeMirror, invoice } from '../costMirror';
import { TestMirror } from '../mirror';
import { report, rows } from '../reading';

const SCOPES = ['subscriptions/one', 'subscriptions/two'] as const;
const KINDS = ['allocated', 'unallocated', 'unmapped', 'other'] as const;
type Kind = (typeof KINDS)[number];
/** Names of the columns by what became of a cost, in the report and in Excel. */
const FIELDS = {
  allocated: ['allocated_cost', 'Allocated'],
  unallocated: ['unallocated_cost', 'Unallocated'],
  unmapped: ['unmapped_cost', 'Unmapped'],
  other: ['other_charges_cost', 'Other charges'],
} as const satisfies Readonly<Record<Kind, readonly [string, string]>>;

const amount = fc.integer({ min: -(10 ** 11), max: 10 ** 12 });
const share = fc.record({
  kind: fc.constantFrom<Kind>(...KINDS),
  e8: amount,
  /** Billed in the other scope too, where it counts. */
  isTwice: fc.boolean(),
});
const charge = fc.record({
  scope: fc.constantFrom(...SCOPES),
  costType: fc.constantFrom('actual', 'actual', 'amortized'),
  month: fc.constantFrom('2026-01', '2026-02', '2026-03'),
  day: fc.constantFrom('01', '15', '28'),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  shares: fc.array(share, { minLength: 1, maxLength: 4 }),
});
const bill = fc.record({
  scope: fc.constantFrom('', ...SCOPES),
  month: fc.constantFrom('2026-01', '2026-02', '2026-03'),
  currency: fc.constantFrom('EUR', 'USD'),
  cents: fc.integer({ min: -(10 ** 7), max: 10 ** 8 }),
  tax: fc.nat(10 ** 6),
  credits: fc.nat(10 ** 6),
  support: fc.nat(10 ** 6),
  otherScopes: fc.nat(10 ** 6),
});
const world = fc.record({
  charges: fc.array(charge, { maxLength: 20 }),
  invoices: fc.uniqueArray(bill, {
    maxLength: 5,
    selector: ({ scope, month, currency }) => [scope, month, currency].join(),
  }),
  /** Months that may still change. */
  open: fc.uniqueArray(
    fc.constantFrom(...SCOPES.flatMap((scope) => [`${scope} 2026-02`, `${scope} 2026-03`])),
  ),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
type Charge = World['charges'][number];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const e8 = (value: unknown): number => Math.round(Number(value) * 1e8) + 0;
const wholeOf = ({ shares }: Charge): number => sum(shares.map((one) => one.e8));
const isTwice = ({ kind, isTwice: twice }: Charge['shares'][number]): boolean =>
  kind === 'unallocated' && twice;

/** Name of a line of the reconciliation. */
const lineOf = ({ month, scope, costType, currency }: Charge): string =>
  [month, scope.split('/')[1], costType === 'actual' ? 'Actual' : 'Amortised', currency].join(' ');

/** By line: the control total, then its parts in the order of {@link KINDS}; the plain way. */
function linesPlainly(charges: readonly Charge[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const one of charges) {
    const parts = KINDS.map((kind) =>
      sum(one.shares.filter((each) => each.kind === kind).map((each) => each.e8)),
    );
    const before = lines.get(lineOf(one)) ?? [0, 0, 0, 0, 0];
    lines.set(
      lineOf(one),
      [wholeOf(one), ...parts].map((value, index) => value + (before[index] ?? 0)),
    );
  }
  return lines;
}

/** What an invoice is compared with; undefined where nothing was read. */
function billedPlainly(
  { charges }: World,
  { scope, month, currency }: World['invoices'][number],
): number | undefined {
  const own = charges.filter(
    (one) =>
      one.costType === 'actual' &&
      one.month === month &&
      one.currency === currency &&
      (scope === '' || one.scope === scope),
  );
  const twice = scope === '' ? own.flatMap(({ shares }) => shares.filter(isTwice)).map((one) => one.e8) : [];
  return own.length === 0 ? undefined : sum(own.map(wholeOf)) - sum(twice);
}

function fill(mirror: TestMirror, { charges, invoices, open }: World): void {
  const instance = mirror.instance('fasgpt');
  for (const path of SCOPES) {
    const scope = new CostScopeMirror(mirror, path);
    const own = charges.filter((one) => one.scope === path);
    for (const costType of ['actual', 'amortized']) {
      for (const month of ['2026-01', '2026-02', '2026-03']) {
        scope.month(month, open.includes(`${path} ${month}`) ? 'open' : 'closed', costType);
        for (const currency of ['EUR', 'USD']) {
          const those = own.filter(
            (one) => one.costType === costType && one.month === month && one.currency === currency,
          );
          if (those.length > 0) {
            scope.total(month, sum(those.map(wholeOf)) / 1e8, currency, costType);
          }
        }
      }
    }
    own.forEach((one, index) =>
      scope.charge(wholeOf(one) / 1e8, {
        date: `${one.month}-${one.day}`,
        costType: one.costType,
        currency: one.currency,
        meter: `meter ${index}`,
        shares: one.shares.map((each) => ({
          kind: each.kind,
          cost: each.e8 / 1e8,
          instance: each.kind === 'unmapped' || each.kind === 'other' ? null : instance,
          ...(each.kind === 'allocated'
            ? { model: 'm' }
            : { reason: isTwice(each) ? 'otherScope' : 'noUsage' }),
        })),
      }),
    );
  }
  for (const { cents, tax, credits, support, otherScopes, ...of } of invoices) {
    invoice(mirror, cents / 100, {
      ...of,
      ...{ tax: tax / 100, credits: credits / 100, support: support / 100, otherScopes: otherScopes / 100 },
    });
  }
}

/** By line, in the form of {@link linesPlainly}, from rows of whatever has a line's month, scope, basis and currency. */
function linesIn(
  found: readonly Readonly<Record<string, unknown>>[],
  [month, scope, basis, currency]: readonly [string, string, string, string],
  amounts: readonly string[],
): Map<string, number[]> {
  return new Map(
    found.map((row) => [
      [row[month], row[scope], row[basis], row[currency]].join(' '),
      amounts.map((field) => e8(row[field])),
    ]),
  );
}

async function linesOfExcel(model: ReportModel): Promise<Map<string, number[]>> {
  const { sheets } = await readXlsx(await contentBytes(await renderExport(model, { format: 'xlsx' })));
  const [titles = [], ...cells] = sheets.find(({ name }) => name === 'Control totals')?.rows ?? [];
  const found = cells.map((row) =>
    Object.fromEntries(titles.map((title, index) => [String(title), row[index]])),
  );
  const amounts = ['Control total', ...KINDS.map((kind) => FIELDS[kind][1])];
  return linesIn(found, ['Month (UTC)', 'Scope', 'Cost type', 'Currency'], amounts);
}

/** Exactly, by the texts of amounts. */
async function linesOfFocus(mirror: TestMirror, model: ReportModel): Promise<Map<string, number[]>> {
  const wish: ExportWish = { format: 'focus', rows: await readFocusRows(mirror, model) };
  const text = Buffer.from(await contentBytes(await renderExport(model, wish))).toString();
  const [titles = [], ...cells] = parseCsv(text.replace(/^\uFEFF/u, ''));
  const lines = new Map<string, number[]>();
  for (const row of cells) {
    const cell = (title: string): string => String(row[titles.indexOf(title)] ?? '');
    const isActual = cell('x_CostType') === 'actual';
    const value = Number(cell(isActual ? 'BilledCost' : 'EffectiveCost').replace('.', ''));
    const key = [
      cell('ChargePeriodStart').slice(0, 7),
      cell('x_Scope').split('/')[1],
      isActual ? 'Actual' : 'Amortised',
      cell('BillingCurrency'),
    ].join(' ');
    const place = KINDS.indexOf(cell('x_ShareKind') as Kind) + 1;
    const line = lines.get(key) ?? [0, 0, 0, 0, 0];
    lines.set(
      key,
      line.map((each, index) => (index === 0 || index === place ? each + value : each)),
    );
  }
  return lines;
}

const sorted = (lines: ReadonlyMap<string, number[]>): unknown =>
  [...lines].sort(([a], [b]) => (a < b ? -1 : 1));

function invoicePlainly(told: World, one: World['invoices'][number]): readonly (number | null)[] {
  const billed = billedPlainly(told, one);
  const [amountOf, tax, credits, support, other] = [
    one.cents,
    one.tax,
    -one.credits,
    one.support,
    one.otherScopes,
  ].map((cents) => cents * 1e6) as [number, number, number, number, number];
  if (billed === undefined) {
    return [null, amountOf, null, tax, credits + 0, support, other, null, null];
  }
  const difference = amountOf - billed;
  const rest = difference - tax - credits - support - other;
  const scopes = told.charges.filter(
    ({ costType, month, currency }) =>
      costType === 'actual' && month === one.month && currency === one.currency,
  );
  const isOpen = scopes.some(
    ({ scope }) =>
      (one.scope === '' || scope === one.scope) && told.open.includes(`${scope} ${one.month}` as never),
  );
  return [
    billed,
    amountOf,
    difference,
    tax,
    credits + 0,
    support,
    other,
    isOpen ? rest : 0,
    isOpen ? 0 : rest,
  ];
}

const INVOICE_FIELDS = [
  'control_total',
  'invoice_amount',
  'invoice_difference',
  'tax',
  'credits',
  'support',
  'other_scopes',
  'not_final',
  'invoice_unexplained',
] as const;

describe('the reconciliation of any bills', function () {
  this.timeout(240_000);

  it('accounts for every amount, alike in the report, in Excel and in FOCUS rows', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (told) => {
        const mirror = await TestMirror.create();
        try {
          fill(mirror, told);
          const model = await report(mirror, {
            definition: reconciliationReport,
            period: { kind: 'days', from: '2026-01-01', to: '2026-03-31' },
          });
          const wanted = sorted(linesPlainly(told.charges));
          const months = rows(model, 'months');
          const amounts = ['control_total', ...KINDS.map((kind) => FIELDS[kind][0])];
          assert.deepEqual(sorted(linesIn(months, ['month', 'scope', 'basis', 'currency'], amounts)), wanted);
          assert.deepEqual(
            months.map((row) => row['control_difference']),
            months.map(() => 0),
          );
          if (told.charges.length > 0) {
            assert.deepEqual(sorted(await linesOfExcel(model)), wanted, 'Excel');
          }
          assert.deepEqual(sorted(await linesOfFocus(mirror, model)), wanted, 'FOCUS');
          assertInvoices(told, rows(model, 'invoices'));
        } finally {
          mirror.dispose();
        }
      }),
      { numRuns: 40 },
    );
  });
});

function assertInvoices(told: World, found: readonly ReportRow[]): void {
  const keyOf = (scope: string, { month, currency }: { month?: unknown; currency?: unknown }): string =>
    [month, scope === '' ? 'All scopes' : scope.split('/')[1], currency].join(' ');
  const wanted = new Map(told.invoices.map((one) => [keyOf(one.scope, one), invoicePlainly(told, one)]));
  assert.equal(found.length, wanted.size);
  for (const row of found) {
    const key = [row['month'], row['scope'], row['currency']].join(' ');
    const own = INVOICE_FIELDS.map((field) => (row[field] === null ? null : e8(row[field])));
    assert.deepEqual(own, wanted.get(key), key);
  }
}
