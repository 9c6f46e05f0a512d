import type { ReportDefinition } from './reportDefinition';
import { usageReport } from './usage/usageReport';

/** Every report of the product. A new one is a folder with its SQL and words, and a line here. */
export const REPORTS: readonly ReportDefinition[] = [usageReport];

/** The report with that id, or undefined. */
export function findReport(id: string): ReportDefinition | undefined {
  return REPORTS.find((report) => report.id === id);
}
