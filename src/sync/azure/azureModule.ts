import type { CostMonth, CostType, CurrencyTotal } from '../../store/costs/costTypes';

/** Azure's clouds, each with an address of its own. */
export const AZURE_CLOUDS = ['public', 'usGov', 'china'] as const;
export type AzureCloud = (typeof AZURE_CLOUDS)[number];

/** The part of @azure/core-auth's `TokenCredential` that is needed: known here without loading it. */
export interface AzureCredential {
  /** @throws AzureSignInError */
  getToken(
    scopes: string | string[],
    options?: AzureTokenOptions,
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

export interface AzureTokenOptions {
  readonly abortSignal?: unknown;
  readonly claims?: string | undefined;
  readonly tenantId?: string | undefined;
}

/** Who signs in, where no editor does. Values of secrets are handed over, never kept here. */
export type CredentialOrder =
  | { readonly kind: 'azureCli' }
  | { readonly kind: 'clientSecret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'managedIdentity'; readonly clientId?: string | undefined }
  | {
      readonly kind: 'workloadIdentity';
      readonly clientId?: string | undefined;
      readonly tokenFile?: string | undefined;
    };

/** Time as the clients use it; tests own it. */
export interface AzureClock {
  /** ms since 1970. */
  now(): number;
  /** @throws the signal's reason */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface AzureAccess {
  readonly cloud: AzureCloud;
  readonly tenantId: string;
  readonly credential: AzureCredential;
  readonly clock: AzureClock;
  /** Version of this product, for the user agent. */
  readonly clientVersion: string;
  /** Least ms between two cost queries of a scope; default 15,000. */
  readonly spacingMs?: number | undefined;
  /** Longest single wait that Azure is granted, of at most five for a request; default 300,000. */
  readonly waitBudgetMs?: number | undefined;
  /** Told at each wait, with the ms since 1970 of its end. */
  readonly onWait?: ((until: number) => void) | undefined;
  /** Tests send requests elsewhere: an `HttpClient` of @azure/core-rest-pipeline. */
  readonly httpClient?: unknown;
  /** Default: 2023-11-01. */
  readonly apiVersion?: string | undefined;
}

export interface CostQueryOptions {
  readonly signal: AbortSignal;
  /** Key of a tag to group by. */
  readonly tag?: string | undefined;
}

/** What Azure may refuse to tell apart: then kinds of charge are all `Usage`, the others empty. */
export type CostDetail = 'meterSubcategory' | 'chargeType' | 'tag';

export interface AzureMonth extends CostMonth {
  /** Usually nothing. */
  readonly missing: readonly CostDetail[];
}

/** Reads costs of one scope. */
export interface CostClient {
  /** Requests so far, and ms waited. */
  readonly calls: number;
  readonly waitedMs: number;
  /** What the month cost so far, ungrouped: the least query there is. @throws AzureError */
  monthToDate(signal: AbortSignal): Promise<readonly CurrencyTotal[]>;
  /**
   * A whole month, or what there is of it. An HTML or empty answer, missing columns, days outside of the month, rows that do
   * not add up to the ungrouped total are errors. @param month `YYYY-MM`
   * @throws AzureError, AzureThrottledError, the signal's reason
   */
  month(month: string, costType: CostType, options: CostQueryOptions): Promise<AzureMonth>;
  /** What a past month cost, ungrouped: one query, to see whether it is still what it was. @throws as `month` */
  total(month: string, costType: CostType, signal: AbortSignal): Promise<readonly CurrencyTotal[]>;
}

export interface AzureSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
}

/** An Azure OpenAI or AI Foundry account. */
export interface AzureAccount {
  /** Lower case. */
  readonly resourceId: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly kind: string;
  readonly location: string;
  /** Hosts that it answers at, lower case: matched with an instance's connections by the admin. */
  readonly hosts: readonly string[];
}

export interface AzureDeployment {
  readonly resourceId: string;
  readonly name: string;
  readonly model: string;
  readonly version: string;
  /** Such as `GlobalStandard`. */
  readonly sku: string;
}

/** Lists what a person may choose; needs Reader. */
export interface AzureDirectory {
  tenants(signal: AbortSignal): Promise<readonly { readonly id: string; readonly name: string }[]>;
  subscriptions(signal: AbortSignal): Promise<readonly AzureSubscription[]>;
  resourceGroups(subscriptionId: string, signal: AbortSignal): Promise<readonly string[]>;
  accounts(subscriptionId: string, signal: AbortSignal): Promise<readonly AzureAccount[]>;
  deployments(resourceId: string, signal: AbortSignal): Promise<readonly AzureDeployment[]>;
}

/** What `dist/azure.js` exports: the only bundle that holds the SDK, loaded when Azure is connected. */
export interface AzureModule {
  /** @param scope normalised */
  readonly openCostClient: (scope: string, access: AzureAccess) => CostClient;
  readonly openDirectory: (access: AzureAccess) => AzureDirectory;
  /** @throws AzureSignInError that says what is missing, before any network */
  readonly createCredential: (order: CredentialOrder, tenantId: string, cloud: AzureCloud) => AzureCredential;
}
