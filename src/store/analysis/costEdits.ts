import { plainScope } from '../costs/costScope';
import type {
  Analysis,
  DeploymentMapping,
  InvoiceEntry,
  MeterMapping,
  ResourceMapping,
} from './analysisTypes';

/** Says which instances a resource serves, in place of what was said of it before. */
export function withResource(analysis: Analysis, entry: ResourceMapping): Analysis {
  const resources = replacing(analysis.resources, entry, ({ resource }) => plainScope(resource));
  return { ...analysis, resources };
}

/** Says what a deployment is, in place of what was said of the same name on the same resource. */
export function withDeployment(analysis: Analysis, entry: DeploymentMapping): Analysis {
  const deployments = replacing(analysis.deployments, entry, ({ resource = '', deployment }) =>
    JSON.stringify([plainScope(resource), deployment]),
  );
  return { ...analysis, deployments };
}

/** Says what a meter counts, in place of what was said of it before. */
export function withMeter(analysis: Analysis, entry: MeterMapping): Analysis {
  return { ...analysis, meters: replacing(analysis.meters, entry, ({ meter }) => meter) };
}

/** Keeps an invoice in place of the one of the same scope, month and currency. */
export function withInvoice(analysis: Analysis, entry: InvoiceEntry): Analysis {
  const invoices = replacing(analysis.invoices, entry, ({ scope = '', month, currency }) =>
    JSON.stringify([scope, month, currency]),
  );
  return { ...analysis, invoices };
}

function replacing<T>(entries: readonly T[], entry: T, keyOf: (entry: T) => string): readonly T[] {
  return [...entries.filter((other) => keyOf(other) !== keyOf(entry)), entry];
}
