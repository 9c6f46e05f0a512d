import { changesReport } from './changes/changesReport';
import { conversationsReport } from './conversations/conversationsReport';
import { costReport } from './cost/costReport';
import { knowledgeReport } from './knowledge/knowledgeReport';
import { healthReport } from './health/healthReport';
import { modelsReport } from './models/modelsReport';
import { overviewReport } from './overview/overviewReport';
import { reconciliationReport } from './reconciliation/reconciliationReport';
import type { ReportDefinition } from './reportDefinition';
import { usersReport } from './users/usersReport';

/** Every report of the product, in the order of the picker. A new one is a folder with its SQL and words, and a line here. */
export const REPORTS: readonly ReportDefinition[] = [
  overviewReport,
  changesReport,
  usersReport,
  conversationsReport,
  knowledgeReport,
  modelsReport,
  costReport,
  reconciliationReport,
  healthReport,
];

/** What opens where nothing else was asked for. */
export const DEFAULT_REPORT = overviewReport;

/** The report with that id, or undefined. */
export function findReport(id: string): ReportDefinition | undefined {
  return REPORTS.find((report) => report.id === id);
}
