import assert from 'node:assert/strict';
import { readXlsx } from 'hucre/xlsx';
import { lineSql } from '../../../../src/reports/reconciliation/lineRows';
import { reconciliationReport } from '../../../../src/reports/reconciliation/reconciliationReport';
import { renderExport } from '../../../../src/reports/export/renderExport';
import type { ReportLink, ReportModel, TextBlock } from '../../../../src/reports/reportModel';
import { rowsOf } from '../../../../src/store/resultSet';
import { CostScopeMirror, invoice } from '../costMirror';
import { TestMirror } from '../mirror';
import { column, report, rows, table, type Asked } from '../reading';

describe('the reconciliation', () => {
  let mirror: TestMirror;
  let instance: number;
  let scope: CostScopeMirror;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    scope = new CostScopeMirror(mirror);
  });
  afterEach(() => mirror.dispose());

  const read = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: reconciliationReport, ...asked });

  function sentences(model: ReportModel): readonly string[] {
    const block = model.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === 'stateText');
    return (block as TextBlock).sentences.map(({ text }) => text);
  }

  /** A month of one scope with a bit of everything: 100 in all. */
  function month(state: 'open' | 'closed' = 'closed', total = 100): void {
    scope.month('2026-03', state);
    scope.total('2026-03', total);
    scope.charge(80.12345678, {
      shares: [
        { cost: 60.00000001, instance, model: 'gpt-4o' },
        { kind: 'unallocated', cost: 20.12345677, instance, reason: 'noUsage' },
      ],
    });
    scope.charge(15, { resource: '/other', shares: [{ kind: 'unmapped', cost: 15 }] });
    scope.charge(5.87654322, { chargeType: 'Purchase', shares: [{ kind: 'other', cost: 5.87654322 }] });
    scope.charge(-1, { chargeType: 'Refund', shares: [{ kind: 'other', cost: -1 }] });
  }

  const AMOUNTS = [
    'control_total',
    'allocated_cost',
    'unallocated_cost',
    'unmapped_cost',
    'other_charges_cost',
    'control_difference',
  ] as const;

  const amounts = (model: ReportModel): unknown[] =>
    rows(model, 'months').map((row) => AMOUNTS.map((field) => row[field]));

  it('shows control total = allocated + unallocated + unmapped + other charges, exactly', async () => {
    month();
    assert.deepEqual(amounts(await read()), [[100, 60.00000001, 20.12345677, 15, 4.87654322, 0]]);
  });

  it('shows a difference of rows to the total, however small, and what to do', async () => {
    month('closed', 100.0000001);
    const model = await read();
    assert.equal(amounts(model).flat().at(-1), 1e-7);
    assert.match(sentences(model)[0] ?? '', /^2026-03, one, actual cost: rows differ from the total by/u);
  });

  it('takes what rounding of the total and of each row may add for none', async () => {
    month('closed', 100.00000002);
    const model = await read();
    assert.equal(amounts(model).flat().at(-1), 2e-8);
    assert.equal(sentences(model).at(-1), 'All rows add up to the totals that the cloud gives.');
  });

  it('asks for the map of resources, not of cost that has none', async () => {
    scope.total('2026-03', 20);
    const unmapped = { kind: 'unmapped', cost: 10, reason: 'unmappedResource' } as const;
    scope.charge(10, { resource: '', shares: [unmapped] });
    assert.doesNotMatch(sentences(await read()).join(), /nobody has said/u);
    scope.charge(10, { resource: '/other', shares: [unmapped] });
    assert.match(sentences(await read())[0] ?? '', /^Of 10\.00 USD in 2026-03 nobody has said/u);
  });

  it('counts a row that nothing became of as a difference', async () => {
    scope.total('2026-03', 10);
    scope.charge(10);
    assert.equal(rows(await read(), 'months')[0]?.['control_difference'], 10);
  });

  it('has a line for each scope, currency and cost type, never added', async () => {
    const imported = new CostScopeMirror(mirror, 'subscriptions/two', 'import');
    for (const [of, currency, costType, amount] of [
      [scope, 'USD', 'actual', 1],
      [scope, 'USD', 'amortized', 2],
      [scope, 'EUR', 'actual', 3],
      [imported, 'USD', 'actual', 4],
    ] as const) {
      of.total('2026-03', amount, currency, costType);
      of.charge(amount, { currency, costType, shares: [{ kind: 'other', cost: amount }] });
    }
    const model = await read();
    assert.deepEqual(
      rows(model, 'months').map((row) => [row['scope'], row['basis'], row['currency'], row['control_total']]),
      [
        ['one', 'Actual', 'EUR', 3],
        ['one', 'Actual', 'USD', 1],
        ['one', 'Amortised', 'USD', 2],
        ['two', 'Actual', 'USD', 4],
      ],
    );
  });

  it('shows whole months that the period touches, and says which are not final', async () => {
    month('open');
    scope.month('2026-02');
    scope.total('2026-02', 0.5);
    scope.charge(0.5, { date: '2026-02-01', shares: [{ kind: 'other', cost: 0.5 }] });
    scope.total('2026-01', 7);
    const model = await read({ period: { kind: 'days', from: '2026-02-27', to: '2026-03-02' } });
    assert.deepEqual(column(model, 'monthTable', 'Month (UTC)'), ['2026-03', '2026-02']);
    assert.deepEqual(column(model, 'monthTable', 'State'), ['Open: may change', 'Closed']);
    assert.ok(
      sentences(model).includes(
        'Not final: 2026-03. The cloud may change the figures until the month is closed.',
      ),
    );
  });

  it('says how to have bills where there are none', async () => {
    assert.deepEqual(sentences(await read()), ['No bill of these months is here.']);
  });

  describe('beside invoices', () => {
    it('splits the difference into tax, credits, support, other scopes and the unexplained', async () => {
      month();
      invoice(mirror, 130, { scope: 'subscriptions/one', tax: 19, credits: 4, support: 10, otherScopes: 3 });
      const [row] = rows(await read(), 'invoices');
      assert.deepEqual(
        [
          'control_total',
          'invoice_amount',
          'invoice_difference',
          'tax',
          'credits',
          'support',
          'other_scopes',
          'not_final',
          'invoice_unexplained',
        ].map((field) => row?.[field]),
        [100, 130, 30, 19, -4, 10, 3, 0, 2],
      );
      assert.ok(sentences(await read()).includes('2026-03, one: 2.00 USD of the invoice is unexplained.'));
    });

    it('calls the rest of an open month not final', async () => {
      month('open');
      invoice(mirror, 130, { scope: 'subscriptions/one', tax: 19 });
      const [row] = rows(await read(), 'invoices');
      assert.deepEqual([row?.['not_final'], row?.['invoice_unexplained']], [11, 0]);
    });

    it('compares one of all scopes with their sum in its currency, by actual cost alone', async () => {
      month();
      const two = new CostScopeMirror(mirror, 'subscriptions/two');
      two.month('2026-03');
      two.total('2026-03', 50);
      two.total('2026-03', 30, 'EUR');
      two.total('2026-03', 1000, 'USD', 'amortized');
      invoice(mirror, 150);
      const model = await read();
      assert.deepEqual(
        rows(model, 'invoices').map((row) => [
          row['scope'],
          row['control_total'],
          row['invoice_unexplained'],
        ]),
        [['All scopes', 150, 0]],
      );
    });

    it('counts what two scopes bill once in the sum of all', async () => {
      month();
      const group = new CostScopeMirror(mirror, 'subscriptions/one/resourcegroups/a');
      group.total('2026-03', 80);
      group.charge(80, { shares: [{ kind: 'unallocated', cost: 80, instance, reason: 'otherScope' }] });
      invoice(mirror, 100);
      assert.equal(rows(await read(), 'invoices')[0]?.['invoice_difference'], 0);
    });

    it('takes a month that was not read for unknown, not for 0', async () => {
      invoice(mirror, 150);
      const [row] = rows(await read(), 'invoices');
      assert.deepEqual(
        [row?.['control_total'], row?.['invoice_difference'], row?.['invoice_unexplained']],
        [null, null, null],
      );
    });
  });

  it('opens the meter rows of every line, which add up to it', async () => {
    month();
    const { columns, rows: lines } = table(await read(), 'monthTable');
    const [cells = []] = lines;
    const opened: unknown[] = [];
    for (const [index, cell] of cells.entries()) {
      const link: ReportLink | undefined = typeof cell === 'string' ? undefined : cell.link;
      if (link?.kind === 'costLine') {
        const found = rowsOf(await mirror.query(lineSql(link.line) ?? ''));
        const cents = found.reduce((sum, row) => sum + Math.round(Number(row['cost']) * 1e8), 0);
        opened.push([columns[index]?.title, found.length, cents / 1e8]);
      }
    }
    assert.deepEqual(opened, [
      ['Control total', 5, 100],
      ['Allocated', 1, 60.00000001],
      ['Unallocated', 1, 20.12345677],
      ['Unmapped', 1, 15],
      ['Other charges', 2, 4.87654322],
    ]);
  });

  it('opens nothing for what is no line', () => {
    for (const line of [
      '',
      '1|actual|2026-03|USD|x',
      "1|actual|2026-03|US'|all",
      '1;|actual|2026-03|USD|all',
    ]) {
      assert.equal(lineSql(line), undefined, line);
    }
  });

  it('lists the meter rows of each line with the reason, for files that have no links', async () => {
    month();
    const model = await read();
    assert.deepEqual(column(model, 'meterRowTable', 'Line'), [
      'Allocated',
      'Unallocated',
      'Unmapped resource',
      'Other charge',
      'Other charge',
    ]);
    assert.match(column(model, 'meterRowTable', 'Why')[1] ?? '', /^No generation/u);
  });

  it('lists what was restated', async () => {
    month();
    scope.restated('2026-03-10', 10, 12.5);
    const model = await read();
    assert.deepEqual(
      rows(model, 'restatements').map((row) =>
        ['restated_from', 'restated_to', 'restated_by'].map((field) => row[field]),
      ),
      [[10, 12.5, 2.5]],
    );
    assert.ok(sentences(model).includes('Amounts of days that were restated since they were first read: 1.'));
  });

  it('is written to Excel with amounts as numbers beside their currency', async () => {
    month();
    const bytes = await renderExport(await read(), { format: 'xlsx' });
    const { sheets } = await readXlsx(bytes as Uint8Array);
    const sheet = sheets.find(({ name }) => name === 'Control totals');
    const [titles = [], values = []] = sheet?.rows ?? [];
    const valueOf = (title: string): unknown => values[titles.indexOf(title)];
    assert.deepEqual(['Currency', 'Control total', 'Allocated', 'Unallocated', 'Difference'].map(valueOf), [
      'USD',
      100,
      60.00000001,
      20.12345677,
      0,
    ]);
  });
});
