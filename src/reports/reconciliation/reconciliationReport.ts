import { partSql, reasonSql, resourceSql } from '../cost/shareWords';
import type { ReportDefinition } from '../reportDefinition';
import invoices from './invoices.sql';
import meterRows from './meter_rows.sql';
import months from './months.sql';
import monthsOfPeriod from './months_of_period.sql';
import { RECONCILIATION_SECTIONS } from './reconciliationSections';
import restatements from './restatements.sql';
import scopes from './scopes.sql';

/** Whether what reports say of bills is all that was billed, and whether that is what was invoiced. */
export const reconciliationReport: ReportDefinition = {
  id: 'reconciliation',
  title: 'Reconciliation',
  description:
    'Whether all that was billed is accounted for, month by month, and how it compares with invoices.',
  isOfWholeBills: true,
  defaults: { period: { kind: 'preset', preset: 'last12Months' } },
  facts: [],
  datasets: {
    months: { title: 'Months', sql: withMonths(months) },
    invoices: { title: 'Invoices', sql: withMonths(invoices) },
    meter_rows: { title: 'Meter rows', sql: withMonths(meterRows), rowLimit: 200 },
    restatements: { title: 'Restatements', sql: withMonths(restatements), rowLimit: 100 },
    scopes: { title: 'Where bills come from', sql: scopes },
  },
  sections: RECONCILIATION_SECTIONS,
  notes: [],
};

function withMonths(sql: string): string {
  return sql
    .replace('{{months}}', monthsOfPeriod.trim())
    .replace('{{part}}', partSql('s.kind'))
    .replace('{{why}}', reasonSql('s.reason', 'why'))
    .replace('{{resource}}', resourceSql('d.resource_id'));
}
