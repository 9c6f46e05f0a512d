import * as l10n from '@vscode/l10n';
import { AzureError, AzureSignInError } from './azureErrors';
import type { CredentialOrder } from './azureModule';

type Kind = CredentialOrder['kind'];

/** Who tried to sign in, and where. */
interface SignInAttempt {
  readonly kind: Kind;
  readonly tenantId: string;
  /** Where tokens are made. */
  readonly host: string;
}

interface SignInRule {
  readonly pattern: RegExp;
  /** Absent: for all. */
  readonly kinds?: readonly Kind[];
  readonly message: (attempt: SignInAttempt) => string;
  /** Nobody has to act: it may work later. */
  readonly isNetwork?: true;
}

/** What the SDK's credentials and Entra ID say, and what that means; the first match holds. */
const RULES: readonly SignInRule[] = [
  {
    pattern: /Azure CLI could not be found/u,
    message: () =>
      l10n.t(
        'The Azure CLI was not found. Install it, run "az login", and start anew; or sign in another way.',
      ),
  },
  {
    pattern: /AADSTS(?:50076|50079|50158)/u,
    message: ({ tenantId }) =>
      l10n.t('Azure asks for a second factor. Run "az login --tenant {0}", then try again.', tenantId),
    kinds: ['azureCli'],
  },
  {
    pattern: /az login|AADSTS(?:700082|70043|50173|50078)|claims challenge/u,
    message: () => l10n.t('Nobody is signed in to the Azure CLI any more. Run "az login", then try again.'),
    kinds: ['azureCli'],
  },
  {
    pattern: /Unexpected end of JSON input/u,
    message: () =>
      l10n.t('The Azure CLI did not answer in time. Run "az account get-access-token" to see why.'),
    kinds: ['azureCli'],
  },
  {
    pattern: /AADSTS7000215/u,
    message: () => l10n.t('The client secret is wrong. Enter the value of the secret, not its ID.'),
  },
  {
    pattern: /AADSTS7000222/u,
    message: () => l10n.t('The client secret has expired. Make a new one and enter it.'),
  },
  {
    pattern: /AADSTS700016/u,
    message: ({ tenantId }) =>
      l10n.t('The tenant {0} does not know the application. Check both IDs.', tenantId),
  },
  {
    pattern: /AADSTS(?:90002|900023)|tenant_discovery/u,
    message: ({ tenantId }) => l10n.t('There is no tenant {0}. Check its ID.', tenantId),
  },
  {
    pattern: /network|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|169\.254|no_managed_identity|Timed? ?out/iu,
    message: () => l10n.t('There is no managed identity on this machine, or its service does not answer.'),
    kinds: ['managedIdentity'],
  },
  {
    pattern: /ENOENT|EACCES|No content on the file/u,
    message: () => l10n.t('The file with the token of the workload identity cannot be read.'),
    kinds: ['workloadIdentity'],
  },
  {
    pattern:
      /network_error|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|getaddrinfo|endpoints_resolution|Max retries exceeded|Failed to establish a new connection/u,
    message: ({ host }) => l10n.t('{0} cannot be reached. Check the network, VPN or proxy.', host),
    isNetwork: true,
  },
];

/** What a credential of the SDK failed with, in words that name the next step. */
export function signInFailure(error: unknown, attempt: SignInAttempt): AzureError {
  const said = error instanceof Error ? error.message : String(error);
  const rule = RULES.find(
    ({ pattern, kinds }) => pattern.test(said) && (kinds?.includes(attempt.kind) ?? true),
  );
  if (rule === undefined) {
    const [line = ''] = said.trim().split('\n');
    return new AzureSignInError(l10n.t('The sign-in to Azure failed: {0}', line), { cause: error });
  }
  const message = rule.message(attempt);
  return rule.isNetwork === true
    ? new AzureError('network', message, { cause: error })
    : new AzureSignInError(message, { cause: error });
}
