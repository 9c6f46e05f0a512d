import {
  AzureCliCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { HttpClient } from '@azure/core-rest-pipeline';
import * as l10n from '@vscode/l10n';
import { AzureSignInError } from './azureErrors';
import type { AzureCloud, AzureCredential, CredentialOrder } from './azureModule';
import { CLOUD_ADDRESSES } from './clouds';
import { signInFailure } from './signInFailures';

/** `az` is slow to start, and may wait for a network that is not there. */
const CLI_TIMEOUT_MS = 30_000;
/** What a pod with a workload identity has in its environment. */
const WORKLOAD_TOKEN_FILE = 'AZURE_FEDERATED_TOKEN_FILE';

/**
 * The credential that is asked for by name, and no other: what happens to be in the environment never decides who
 * signs in.
 * @param httpClient tests send requests elsewhere
 * @throws AzureSignInError that says what is missing, before any network
 */
export function createCredential(
  order: CredentialOrder,
  tenantId: string,
  cloud: AzureCloud,
  httpClient?: HttpClient,
): AzureCredential {
  const { authorityHost } = CLOUD_ADDRESSES[cloud];
  const options = {
    authorityHost,
    retryOptions: { maxRetries: 1 },
    ...(httpClient === undefined ? {} : { httpClient }),
  };
  const credential = CREATE[order.kind](order as never, tenantId, options);
  return {
    getToken: async (scopes, request) => {
      try {
        return await credential.getToken(scopes, {
          ...(request?.claims === undefined ? {} : { claims: request.claims }),
          ...(request?.abortSignal instanceof AbortSignal ? { abortSignal: request.abortSignal } : {}),
        });
      } catch (error) {
        throw signInFailure(error, { kind: order.kind, tenantId, host: new URL(authorityHost).host });
      }
    },
  };
}

interface CredentialOptions {
  readonly authorityHost: string;
  readonly retryOptions: { readonly maxRetries: number };
  readonly httpClient?: HttpClient;
}

type Create<K extends CredentialOrder['kind']> = (
  order: Extract<CredentialOrder, { readonly kind: K }>,
  tenantId: string,
  options: CredentialOptions,
) => TokenCredential;

const CREATE: { readonly [K in CredentialOrder['kind']]: Create<K> } = {
  // The command line alone may sign in without a tenant: it has one of its own.
  azureCli: (_order, tenantId) =>
    new AzureCliCredential({
      processTimeoutInMs: CLI_TIMEOUT_MS,
      ...(tenantId === '' ? {} : { tenantId: checkedTenant(tenantId) }),
    }),
  clientSecret: ({ clientId, secret }, tenantId, options) =>
    new ClientSecretCredential(
      checkedTenant(tenantId),
      given(clientId, l10n.t('Name the client ID of the application.')),
      given(secret, l10n.t('The client secret is missing. Enter it again.')),
      options,
    ),
  managedIdentity: ({ clientId }, _tenantId, options) => {
    // With these three the SDK would sign in as another identity than the machine's.
    if (process.env['AZURE_TENANT_ID'] !== undefined && process.env[WORKLOAD_TOKEN_FILE] !== undefined) {
      throw new AzureSignInError(
        l10n.t(
          'This machine has a workload identity ({0} is set). Choose it by name instead of a managed identity.',
          WORKLOAD_TOKEN_FILE,
        ),
      );
    }
    return new ManagedIdentityCredential({ ...options, ...(clientId === undefined ? {} : { clientId }) });
  },
  workloadIdentity: ({ clientId, tokenFile }, tenantId, options) =>
    new WorkloadIdentityCredential({
      ...options,
      tenantId: checkedTenant(tenantId),
      clientId: given(clientId, l10n.t('Name the client ID of the workload identity.')),
      // Where the platform puts the token says nothing of who signs in.
      tokenFilePath: given(
        tokenFile ?? process.env[WORKLOAD_TOKEN_FILE],
        l10n.t('Name the file with the token of the workload identity, or set {0}.', WORKLOAD_TOKEN_FILE),
      ),
    }),
};

function checkedTenant(tenantId: string): string {
  if (!/^[0-9a-z.-]+$/iu.test(tenantId)) {
    throw new AzureSignInError(
      tenantId === ''
        ? l10n.t('Name the tenant: its ID or its domain.')
        : l10n.t('"{0}" is no tenant. Give its ID or its domain.', tenantId),
    );
  }
  return tenantId;
}

function given(value: string | undefined, otherwise: string): string {
  if (value === undefined || value.trim() === '') {
    throw new AzureSignInError(otherwise);
  }
  return value;
}
