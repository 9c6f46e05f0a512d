import type { ReportScope } from '../../reports/reportSettings';
import type { NodeModel } from '../views/nodeModel';

/** What a command's first argument is about, if that is a line of the demo. */
export function demoScopeOf([line]: readonly unknown[]): ReportScope | undefined {
  return typeof line === 'object' && line !== null && 'demoScope' in line
    ? (line as NodeModel).demoScope
    : undefined;
}
