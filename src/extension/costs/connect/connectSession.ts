import type { AzureAccess, AzureDirectory, CostClient } from '../../../sync/azure/azureModule';
import { accessOf } from '../azure/azureAccess';
import { EditorCredential, type EditorAccount } from '../azure/editorCredential';
import type { Costs } from '../costs';
import { ownTenant, signInOf, type ConnectDraft } from './connectDraft';

/** What the dialog asks Azure with: a person waits, so the editor may ask them to sign in. */
export class ConnectSession {
  #account: EditorAccount | undefined;
  #editor: EditorCredential | undefined;

  constructor(private readonly costs: Costs) {}

  /** Who signed in with the editor's account. */
  get account(): EditorAccount | undefined {
    return this.#editor?.account ?? this.#account;
  }

  /** @throws AzureSignInError */
  directory(draft: ConnectDraft): AzureDirectory {
    return this.costs.setup.loadAzure().openDirectory(this.#access(draft));
  }

  /** @throws AzureSignInError */
  costClient(scope: string, draft: ConnectDraft): CostClient {
    return this.costs.setup.loadAzure().openCostClient(scope, this.#access(draft));
  }

  #access(draft: ConnectDraft): AzureAccess {
    const { credentials } = this.costs;
    const { cloud, tenantId = ownTenant(draft), secret } = draft;
    this.#account = this.account;
    const signIn = signInOf(draft, this.#account);
    const credential = credentials.open({ signIn, cloud, tenantId, secret }, true);
    this.#editor = credential instanceof EditorCredential ? credential : undefined;
    return accessOf(this.costs, { cloud, tenantId, credential });
  }
}
