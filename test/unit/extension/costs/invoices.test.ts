import assert from 'node:assert/strict';
import { invoiceOf, lastMonth } from '../../../../src/extension/costs/invoices/invoiceDraft';
import { withInvoice } from '../../../../src/store/analysis/costEdits';
import {
  parseAmount,
  parseMoney,
  parseMonth,
  parsePart,
} from '../../../../src/extension/costs/invoices/invoiceText';
import { NO_ANALYSIS } from '../../../../src/store/analysis/analysisTypes';
import { CostEntryError } from '../../../../src/store/costs/costEntries';

describe('amounts that are typed', () => {
  for (const [typed, amount] of [
    ['1234.56', 1234.56],
    ['1,234.56', 1234.56],
    ['1.234,56', 1234.56],
    ['1 234,56', 1234.56],
    ["1'234.50", 1234.5],
    ['1,234', 1234],
    ['1,234,567', 1_234_567],
    ['1.234.567,8', 1_234_567.8],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0', 0],
    ['-20.10', -20.1],
  ] as const) {
    it(`${typed} is ${amount}`, () => {
      assert.equal(parseAmount(typed), amount);
    });
  }

  for (const typed of ['', 'abc', '1.2.3', '12,34,56', '1.234,5.6', '--1', '1e3', '1,23,456.0']) {
    it(`${typed === '' ? 'nothing' : typed} is none`, () => {
      assert.equal(parseAmount(typed), undefined);
    });
  }

  it('have their currency before or after them', () => {
    assert.deepEqual(parseMoney('1.234,56 eur'), { amount: 1234.56, currency: 'EUR' });
    assert.deepEqual(parseMoney('USD 99'), { amount: 99, currency: 'USD' });
    assert.deepEqual(parseMoney('99USD'), { amount: 99, currency: 'USD' });
  });

  it('say what is wrong with them', () => {
    assert.throws(() => parseMoney('99'), CostEntryError);
    assert.throws(() => parseMoney('99 QQQ'), /"QQQ" is no currency code/);
    assert.throws(() => parsePart('-1'), CostEntryError);
    assert.equal(parsePart(' '), undefined);
    assert.equal(parsePart('19,5'), 19.5);
  });

  it('are of a month that there is', () => {
    assert.equal(parseMonth(' 2026-03 '), '2026-03');
    assert.throws(() => parseMonth('2026-13'), CostEntryError);
    assert.throws(() => parseMonth('March'), /"March" is no month/);
  });
});

describe('an invoice', () => {
  const invoice = invoiceOf({
    month: '2026-02',
    money: { amount: 1190, currency: 'EUR' },
    tax: 190,
    credits: undefined,
  });

  it('replaces the one of the same scope, month and currency, and no other', () => {
    const others = [
      { ...invoice, month: '2026-01' },
      { ...invoice, scope: 'subscriptions/x' },
      { ...invoice, currency: 'USD' },
    ];
    const before = { ...NO_ANALYSIS, invoices: [...others, { ...invoice, amount: 1 }] };
    assert.deepEqual(withInvoice(before, invoice).invoices, [...others, invoice]);
  });

  it('is offered for the month that has ended', () => {
    assert.equal(lastMonth(Date.UTC(2026, 0, 31)), '2025-12');
    assert.equal(lastMonth(Date.UTC(2026, 2, 31)), '2026-02');
  });
});
