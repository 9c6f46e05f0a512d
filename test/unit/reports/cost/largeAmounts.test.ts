import assert from 'node:assert/strict';
import { costReport } from '../../../../src/reports/cost/costReport';
import { reconciliationReport } from '../../../../src/reports/reconciliation/reconciliationReport';
import type { PeriodChoice } from '../../../../src/reports/period';
import type { ReportDefinition } from '../../../../src/reports/reportDefinition';
import type { ReportModel } from '../../../../src/reports/reportModel';
import { LARGE_MONTH, largeMirror } from '../largeMirror';
import type { TestMirror } from '../mirror';
import { report, rows } from '../reading';

const PERIOD: PeriodChoice = { kind: 'days', from: '2025-04-01', to: '2026-03-31' };
const MONTHS = 12;
const SCOPES = 2;

/** Of months in VND: together more than an integer of the database holds of 1e-8. */
describe('amounts that are larger together than an integer of the database', () => {
  let mirror: TestMirror;
  before(async () => {
    mirror = await largeMirror();
  });
  after(() => mirror.dispose());

  const read = (definition: ReportDefinition): Promise<ReportModel> =>
    report(mirror, { definition, period: PERIOD, unit: 'month' });
  const fieldsOf = (model: ReportModel, dataset: string, ...fields: readonly string[]): unknown[][] =>
    rows(model, dataset).map((row) => fields.map((field) => row[field]));
  const whole = LARGE_MONTH * MONTHS * SCOPES;

  it('are right in every table of the cost report', async () => {
    const model = await read(costReport);
    assert.deepEqual(
      fieldsOf(model, 'allocation', 'charged_cost', 'allocated_cost', 'unallocated_cost', 'allocated_share'),
      [[whole, whole / 4, (3 * whole) / 4, 0.25]],
    );
    assert.deepEqual(fieldsOf(model, 'by_tag', 'charged_cost', 'charged_share'), [[whole, 1]]);
    assert.deepEqual(fieldsOf(model, 'by_meter', 'charged_cost', 'rest_cost'), [[whole, (3 * whole) / 4]]);
    assert.deepEqual(fieldsOf(model, 'meters', 'charged_cost'), [[whole]]);
    assert.deepEqual(fieldsOf(model, 'unallocated', 'charged_cost'), [[(3 * whole) / 4]]);
    assert.deepEqual(
      fieldsOf(model, 'bill_by_bucket', 'charged_cost'),
      Array.from({ length: MONTHS }, () => [whole / MONTHS]),
    );
    assert.deepEqual(fieldsOf(model, 'by_model', 'model', 'billed_cost'), [['m', whole / 4]]);
    assert.deepEqual(fieldsOf(model, 'by_user', 'billed_cost'), [[whole / 4]]);
  });

  it('are right in every table of the reconciliation', async () => {
    const model = await read(reconciliationReport);
    assert.deepEqual(
      fieldsOf(model, 'months', 'control_total', 'allocated_cost', 'unallocated_cost', 'control_difference'),
      Array.from({ length: MONTHS * SCOPES }, () => [LARGE_MONTH, LARGE_MONTH / 4, (LARGE_MONTH * 3) / 4, 0]),
    );
    // Sixteen digits: as exact as numbers are that JavaScript and Excel know.
    assert.deepEqual(
      fieldsOf(
        model,
        'invoices',
        'control_total',
        'invoice_amount',
        'invoice_difference',
        'tax',
        'invoice_unexplained',
      )
        .flat()
        .map((amount) => Number(Number(amount).toFixed(4))),
      [LARGE_MONTH * SCOPES, LARGE_MONTH * SCOPES + 10, 10, 8, 2],
    );
    assert.equal(rows(model, 'meter_rows').length, MONTHS * SCOPES * 2);
  });
});
