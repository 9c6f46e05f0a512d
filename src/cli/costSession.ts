import type { CostConnection } from '../store/costs/costConnection';
import { loadInstances } from '../store/instances/instancesFile';
import type { AzureCredential, AzureModule, CredentialOrder } from '../sync/azure/azureModule';
import { loadAzure } from '../sync/azure/loadAzure';
import type { CostSyncDeps } from '../sync/costs/costSyncTypes';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { systemClock } from '../sync/engine/systemClock';
import { readSecret } from './credentials';
import { CliError } from './exitCodes';
import { openFileLog } from './fileLog';
import { shellWord } from './shellWord';
import type { Terminal } from './terminal';
import { VERSION } from './version';
import { writerOf } from './workers';

/** What reaches Azure and the database; tests put other ends in place. */
export interface CostParts extends Pick<CostSyncDeps, 'loadAzure' | 'clock' | 'httpClient' | 'spacingMs'> {
  readonly writerOf: (
    folder: string,
    zone: string,
    tell: (sentence: string) => void,
  ) => CostSyncDeps['openWriter'];
}

export const COST_PARTS: CostParts = {
  loadAzure: () => loadAzure(__dirname),
  clock: systemClock,
  writerOf,
};

/** What costs of a data folder are read with. */
export async function openCostSession(
  terminal: Terminal,
  folder: string,
  { writerOf: open, ...parts }: CostParts,
): Promise<CostSyncDeps> {
  const { zone } = await loadInstances(folder);
  const log = openFileLog(folder, zone);
  const tell = (sentence: string): void => {
    log.warn(sentence);
    terminal.err(`${sentence}\n`);
  };
  return {
    ...parts,
    root: folder,
    locker: createFolderLocker(folder, VERSION),
    openWriter: open(folder, zone, tell),
    credentialFor: (connection) =>
      Promise.resolve().then(() =>
        credentialOf(connection, terminal.env, parts.loadAzure, (secret) => log.protect(secret)),
      ),
    log,
    clientVersion: VERSION,
  };
}

/** @throws CliError, AzureSignInError with what is missing */
function credentialOf(
  connection: CostConnection,
  env: Terminal['env'],
  azure: () => AzureModule,
  protect: (secret: string) => void,
): AzureCredential {
  const { tenantId, cloud } = connection;
  return azure().createCredential(orderOf(connection, env, protect), tenantId, cloud);
}

function orderOf(
  { name, signIn }: CostConnection,
  env: Terminal['env'],
  protect: (secret: string) => void,
): CredentialOrder {
  switch (signIn.kind) {
    case 'editor':
      throw new CliError(
        `${name} signs in with the editor's account. Use the editor, or connect it anew: cost remove ${shellWord(name)}, then cost connect with --azure-cli, --client-id, --managed-identity or --workload-identity`,
      );
    case 'clientSecret': {
      if (signIn.secret === undefined) {
        throw new CliError(
          `The client secret of ${name} is in the editor's secret storage. Connect it anew with --secret-env VAR or --secret-file PATH.`,
        );
      }
      const secret = readSecret(signIn.secret, env, `the client secret of ${name}`);
      protect(secret);
      return { kind: 'clientSecret', clientId: signIn.clientId, secret };
    }
    case 'azureCli':
    case 'managedIdentity':
    case 'workloadIdentity':
      return signIn;
  }
}
