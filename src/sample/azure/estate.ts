/** Who may see what: the roles Reader and Cost Management Reader, or none. */
export type Rights = 'reader' | 'costReader' | 'none';

export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** Id of its billing account. */
  readonly billingAccount: string;
}

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenant: Tenant;
  /** ISO 4217 */
  readonly currency: string;
  /** `subscriptions/<id>` */
  readonly scope: string;
  rights: Rights;
}

export interface Resource {
  /** In the case that it was made with, with a leading slash. */
  readonly id: string;
  readonly subscription: Subscription;
  readonly group: string;
  /** Such as `Microsoft.CognitiveServices/accounts`. */
  readonly type: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Deployment {
  readonly name: string;
  readonly model: string;
  readonly version: string;
  /** Such as `GlobalStandard`. */
  readonly sku: string;
}

/** An Azure OpenAI or AI Foundry account. */
export interface Account extends Resource {
  readonly kind: 'OpenAI' | 'AIServices';
  readonly deployments: readonly Deployment[];
}

/** One line of the bill: a day's use of a meter by a resource. */
export interface BilledRow {
  readonly day: number;
  readonly subscription: Subscription;
  /** Undefined: billed to the subscription itself. */
  readonly resource: Resource | undefined;
  readonly meter: string;
  readonly meterSubCategory: string;
  readonly meterCategory: string;
  readonly service: string;
  readonly publisherType: string;
  readonly chargeType: string;
  readonly pricingModel: string;
  readonly currency: string;
  /** 1e-8; undefined: not in this view. */
  readonly actual: bigint | undefined;
  readonly amortized: bigint | undefined;
  readonly quantity: number;
  readonly tags: Readonly<Record<string, string>>;
  /** ms since 1970 from which on the service knows of it. */
  readonly knownAt: number;
}
