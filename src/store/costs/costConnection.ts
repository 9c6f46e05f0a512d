/** How somebody signs in to Azure for a scope. Names of places, never secrets. */
export type CostSignIn =
  /** The editor's Microsoft account; the command line cannot use it. */
  | {
      readonly kind: 'editor';
      readonly accountId?: string | undefined;
      readonly accountName?: string | undefined;
    }
  | { readonly kind: 'azureCli' }
  /** The secret is in the editor's secret storage, or where these say. */
  | {
      readonly kind: 'clientSecret';
      readonly clientId: string;
      readonly secret?:
        | { readonly kind: 'environment'; readonly variable: string }
        | { readonly kind: 'file'; readonly path: string }
        | undefined;
    }
  | { readonly kind: 'managedIdentity'; readonly clientId?: string | undefined }
  | {
      readonly kind: 'workloadIdentity';
      readonly clientId?: string | undefined;
      readonly tokenFile?: string | undefined;
    };

/** One scope of Azure that costs are read of, as `azure.json` in the data folder keeps it. */
export interface CostConnection {
  /** Random, stable; names the secret in the secret storage. */
  readonly id: string;
  /** Lower case, no slash at its ends; also `cost_scopes.scope`. */
  readonly scope: string;
  readonly name: string;
  readonly cloud: 'public' | 'usGov' | 'china';
  readonly tenantId: string;
  readonly signIn: CostSignIn;
  /** Key of a tag whose values are kept with the rows. */
  readonly tag?: string | undefined;
  readonly enabled: boolean;
}
