import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CostConnection } from '../../../../src/store/costs/costConnection';
import type { StoreWriter } from '../../../../src/store/mirrorWriter';
import { importCosts } from '../../../../src/sync/costImport/importCosts';
import type { CostImportRequest, CostImportResult } from '../../../../src/sync/costImport/importTypes';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import { inProcessWriter } from '../engine/harness';

export const NOW = Date.parse('2025-11-20T12:00:00Z');
export const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
export const RESOURCE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-AI/providers/Microsoft.CognitiveServices/accounts/oai-Sales`;

/** The columns of a dialect that are filled by {@link exportOf}. */
export interface Dialect {
  readonly name: string;
  readonly date: string;
  readonly cost: string;
  readonly currency: string;
  readonly resource: string;
  readonly meter: string;
  readonly quantity: string;
  readonly subscription: string;
  /** How it writes 2025-10-01. */
  readonly writtenDate: (date: string) => string;
  /** Names of the columns that tell it, with what they say. */
  readonly billingPeriod?: readonly (readonly [name: string, day: string])[];
}

export const EA: Dialect = {
  name: 'Enterprise Agreement',
  date: 'Date',
  cost: 'CostInBillingCurrency',
  currency: 'BillingCurrencyCode',
  resource: 'ResourceId',
  meter: 'MeterName',
  quantity: 'Quantity',
  subscription: 'SubscriptionId',
  writtenDate: (date) => date.replace(/^(\d{4})-(\d\d)-(\d\d)$/u, '$2/$3/$1'),
  billingPeriod: [
    ['BillingPeriodStartDate', '10/01/2025'],
    ['BillingPeriodEndDate', '10/31/2025'],
  ],
};

/** A row by the English names of what it says. */
export interface ExportRow {
  readonly date: string;
  readonly cost: string;
  readonly meter?: string;
  readonly resource?: string;
  readonly quantity?: string;
  readonly chargeType?: string;
  readonly pricingModel?: string;
  readonly currency?: string;
  readonly subscription?: string;
}

/** A file of a dialect, with columns that nobody needs and text with a line break in quotes. */
export function exportOf(rows: readonly ExportRow[], dialect: Dialect = EA): string {
  const header = [
    'InvoiceSectionName',
    dialect.subscription,
    dialect.date,
    'MeterCategory',
    'MeterSubCategory',
    dialect.meter,
    'UnitOfMeasure',
    dialect.quantity,
    dialect.cost,
    dialect.resource,
    'Tags',
    'ChargeType',
    'PricingModel',
    ...(dialect.billingPeriod ?? []).map(([name]) => name),
    dialect.currency,
  ];
  const lines = rows.map((row) =>
    [
      '"Sales, ""EMEA""\nand more"',
      row.subscription ?? SUBSCRIPTION,
      dialect.writtenDate(row.date),
      'Foundry Models',
      'Azure OpenAI',
      row.meter ?? 'gpt 4o 0806 Inp glbl Tokens',
      '1K',
      row.quantity ?? '10',
      row.cost,
      row.resource ?? RESOURCE,
      '"""team"": ""sales"""',
      row.chargeType ?? 'Usage',
      row.pricingModel ?? 'OnDemand',
      ...(dialect.billingPeriod ?? []).map(([, day]) => day),
      row.currency ?? 'EUR',
    ].join(','),
  );
  return `\ufeff${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

/** One data folder that files are imported into. */
export class ImportStage {
  connections: readonly CostConnection[] = [];
  now = NOW;

  constructor(readonly root: string) {}

  openWriter(): Promise<StoreWriter> {
    return inProcessWriter(this.root, {
      now: () => this.now,
      sleep: () => Promise.resolve(),
    }) as Promise<StoreWriter>;
  }

  /** Imports a file with that content. */
  import(
    content: string | Uint8Array,
    request: Partial<CostImportRequest> & { readonly file?: string } = {},
  ): Promise<CostImportResult> {
    const { file = 'costs.csv', ...others } = request;
    const path = join(this.root, file);
    writeFileSync(path, content);
    return importCosts(
      { paths: [path], ...others },
      {
        locker: createFolderLocker(this.root, '1.2.3'),
        openWriter: () => this.openWriter(),
        connections: this.connections,
        now: () => this.now,
      },
      new AbortController().signal,
    );
  }
}

/** A connection to a scope. */
export function connectionTo(scope: string): CostConnection {
  return {
    id: 'one',
    scope,
    name: 'Azure',
    cloud: 'public',
    tenantId: 'tenant',
    signIn: { kind: 'azureCli' },
    enabled: true,
  };
}
