import type { BudgetEntry, PriceEntry } from '../costs/costEntries';
import type { CostType } from '../costs/costTypes';

/** What costs of a meter are spread by, where tokens of its direction are not it. */
export const COST_DRIVERS = ['tokens', 'listCost', 'turns', 'activeUsers', 'even'] as const;
export type CostDriver = (typeof COST_DRIVERS)[number];

export const METER_DIRECTIONS = ['input', 'cached', 'output', 'fixed'] as const;
/** Which tokens a meter counts; `fixed`: none (provisioned throughput, hosting, search, machines). */
export type MeterDirection = (typeof METER_DIRECTIONS)[number];

export const ALLOCATIONS = ['auto', 'allocated', 'attributed'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

/** `admin`: somebody said so; `azure`: read from Azure. */
export const MAPPING_SOURCES = ['admin', 'azure'] as const;
export type MappingSource = (typeof MAPPING_SOURCES)[number];

/** Which instances a cloud resource serves. */
export interface ResourceMapping {
  /** Resource id, lower case; a resource group or subscription maps all that is in it, unless a longer one says otherwise. */
  readonly resource: string;
  /** `instances.id`; several share it by their tokens; none: it serves no instance. */
  readonly instances: readonly number[];
  /** Where the mapping comes from. */
  readonly source: MappingSource;
}

/** What a deployment's name means. */
export interface DeploymentMapping {
  /** Resource id, lower case; absent: on every resource. */
  readonly resource?: string | undefined;
  /** As Open WebUI names the model. */
  readonly deployment: string;
  /** Azure's name of the model, such as `gpt-4o`. */
  readonly model: string;
  /** Such as `2024-08-06`. */
  readonly version?: string | undefined;
  readonly source: MappingSource;
}

/** What a meter means, in place of what its name says. */
export interface MeterMapping {
  /** As billed. */
  readonly meter: string;
  /** Azure's names of models; absent: all that the resource serves. */
  readonly models?: readonly string[] | undefined;
  readonly direction: MeterDirection;
  /** Default: tokens. */
  readonly driver?: CostDriver | undefined;
  /** Tokens in one unit of its quantity, such as 1000. */
  readonly tokensPerUnit?: number | undefined;
}

/** An invoice that came, typed in: compared with the actual cost of a month. */
export interface InvoiceEntry {
  /** A scope of `cost_scopes`, lower case; absent: all of them in this currency. */
  readonly scope?: string | undefined;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly currency: string;
  readonly amount: number;
  /** What it holds that costs by meter do not. */
  readonly tax?: number | undefined;
  /** Credits that were set off, as a positive amount. */
  readonly credits?: number | undefined;
  readonly support?: number | undefined;
  /** Of scopes that are not mirrored. */
  readonly otherScopes?: number | undefined;
  readonly note?: string | undefined;
}

/** An account of an instance. */
export interface AccountName {
  /** `instances.id`. */
  readonly instance: number;
  /** The user's id as the mirror holds it (`users.remote_id`). */
  readonly user: string;
}

export const ENGAGEMENT_PARTS = ['frequency', 'depth', 'breadth', 'recency'] as const;
export type EngagementPart = (typeof ENGAGEMENT_PARTS)[number];

/** What the parts of the engagement score count; the reports' own weight where one is absent. */
export type EngagementWeights = { readonly [P in EngagementPart]?: number | undefined };

export interface Holiday {
  /** `YYYY-MM-DD`, local. */
  readonly date: string;
  readonly name: string;
  /** `instances.id`; absent: all. */
  readonly instances?: readonly number[] | undefined;
}

/**
 * Everything but the mirrored data that changes a number: `analysis.json` in the data folder, shared by the editor, the
 * command line and pushes. The database holds a copy that SQL reads.
 */
export interface Analysis {
  /** Where editors find the schema of the file; nothing of ours reads it. */
  readonly $schema?: string | undefined;
  readonly version: 1;
  /** Which of the two views of billed cost the reports use. */
  readonly costType: CostType;
  /**
   * How far billed cost is spread: `allocated`: all of it over the known use; `attributed`: by known tokens / billed tokens,
   * the rest stays unallocated; `auto`: the second where less than 90 % is known.
   */
  readonly allocation: Allocation;
  readonly prices: readonly PriceEntry[];
  readonly budgets: readonly BudgetEntry[];
  readonly resources: readonly ResourceMapping[];
  readonly deployments: readonly DeploymentMapping[];
  readonly meters: readonly MeterMapping[];
  readonly invoices: readonly InvoiceEntry[];
  /** Left out of reports about people and use: test accounts, robots. */
  readonly excludedAccounts: readonly AccountName[];
  /** Accounts of one person each: counted as one, under the first. */
  readonly mergedPeople: readonly (readonly AccountName[])[];
  readonly engagementWeights: EngagementWeights;
  readonly holidays: readonly Holiday[];
}

/** What counts before anybody said anything. */
export const NO_ANALYSIS: Analysis = {
  version: 1,
  costType: 'actual',
  allocation: 'auto',
  prices: [],
  budgets: [],
  resources: [],
  deployments: [],
  meters: [],
  invoices: [],
  excludedAccounts: [],
  mergedPeople: [],
  engagementWeights: {},
  holidays: [],
};
