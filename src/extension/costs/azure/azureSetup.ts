import type { AzureModule } from '../../../sync/azure/azureModule';
import type { Clock } from '../../../sync/engine/syncTypes';
import type { EditorAuthentication } from './editorCredential';

/**
 * What of Azure and the editor's accounts costs are read with. Tests inside the editor put others in place; settings and
 * environment variables cannot: whoever could name another server would get the tokens.
 */
export interface AzureSetup {
  /** Loads the bundle with Azure's SDK; called when a person connects, or something is connected. */
  loadAzure: () => AzureModule;
  authentication: (provider: string) => EditorAuthentication;
  clock: Clock;
  /** Absent: the SDK's own. */
  httpClient?: unknown;
  /** Least ms between two cost queries of a scope; absent: the client's own. */
  spacingMs?: number | undefined;
}
