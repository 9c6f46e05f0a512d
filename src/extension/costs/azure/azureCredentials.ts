import * as l10n from '@vscode/l10n';
import { AzureSignInError } from '../../../sync/azure/azureErrors';
import type { AzureCloud, AzureCredential } from '../../../sync/azure/azureModule';
import type { CostConnection, CostSignIn } from '../../../store/costs/costConnection';
import type { AzureSecrets } from './azureSecrets';
import type { AzureSetup } from './azureSetup';
import { EditorCredential } from './editorCredential';
import { editorProviderOf } from './editorClouds';

/** Who signs in and where, with a secret that was just typed. */
export interface SignInPlace {
  readonly signIn: CostSignIn;
  readonly cloud: AzureCloud;
  readonly tenantId: string;
  readonly secret?: string | undefined;
}

export interface AzureCredentialsParts {
  readonly setup: AzureSetup;
  readonly secrets: Pick<AzureSecrets, 'get'>;
  /** Which country cloud the editor's accounts are of. */
  readonly sovereignEnvironment: () => unknown;
}

/** Makes the credentials of connections. */
export class AzureCredentials {
  constructor(private readonly parts: AzureCredentialsParts) {}

  /** The credential of a connection, which asks nobody. @throws AzureSignInError when something is missing */
  async of({ id, signIn, cloud, tenantId }: CostConnection): Promise<AzureCredential> {
    // Places that the command line reads secrets from are its own: here there is the keyring alone.
    const secret = signIn.kind === 'clientSecret' ? await this.parts.secrets.get(id) : undefined;
    return this.open({ signIn, cloud, tenantId, secret }, false);
  }

  /**
   * A credential for a place.
   * @param isInteractive whether a person waits for it and may be asked
   * @throws AzureSignInError when something is missing
   */
  open({ signIn, cloud, tenantId, secret }: SignInPlace, isInteractive: boolean): AzureCredential {
    const { setup } = this.parts;
    if (signIn.kind === 'editor') {
      return this.#editorCredential(signIn.accountId, { cloud, tenantId, isInteractive });
    }
    if (signIn.kind !== 'clientSecret') {
      return setup.loadAzure().createCredential(signIn, tenantId, cloud);
    }
    if (secret === undefined) {
      throw new AzureSignInError(
        l10n.t('The client secret is not in the system keyring. Run Sign In to Azure and enter it.'),
      );
    }
    const { kind, clientId } = signIn;
    return setup.loadAzure().createCredential({ kind, clientId, secret }, tenantId, cloud);
  }

  /** Whether the editor has accounts for a cloud. */
  hasEditorAccounts(cloud: AzureCloud): boolean {
    return editorProviderOf(cloud, this.parts.sovereignEnvironment()) !== undefined;
  }

  #editorCredential(
    accountId: string | undefined,
    place: { readonly cloud: AzureCloud; readonly tenantId: string; readonly isInteractive: boolean },
  ): EditorCredential {
    const { setup, sovereignEnvironment } = this.parts;
    const { cloud, tenantId, isInteractive } = place;
    const provider = editorProviderOf(cloud, sovereignEnvironment());
    if (provider === undefined) {
      throw new AzureSignInError(
        l10n.t(
          'The editor has no accounts for this cloud. Choose it in the setting {0}, or sign in with Azure CLI or a client secret.',
          'microsoft-sovereign-cloud.environment',
        ),
      );
    }
    return new EditorCredential({
      authentication: setup.authentication(provider),
      tenantId,
      accountId,
      isInteractive,
      now: () => setup.clock.now(),
    });
  }
}
