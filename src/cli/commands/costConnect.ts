import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { CostConnection, CostSignIn } from '../../store/costs/costConnection';
import { addCostConnection, type NewCostConnection } from '../../store/costs/costConnectionsFile';
import { parseScope } from '../../store/costs/costScope';
import { AZURE_CLOUDS, type AzureCloud } from '../../sync/azure/azureModule';
import { testCostConnection } from '../../sync/costs/testConnection';
import { totalsText } from '../costText';
import { openCostSession, type CostParts } from '../costSession';
import { secretPlace } from '../credentials';
import { chooseDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

interface SignInOptions {
  readonly azureCli?: boolean;
  readonly clientId?: string;
  readonly secretEnv?: string;
  readonly secretFile?: string;
  readonly managedIdentity?: boolean;
  readonly workloadIdentity?: boolean;
  readonly tokenFile?: string;
}

interface ConnectOptions extends DataOption, SignInOptions {
  readonly scope: string;
  readonly tenant?: string;
  readonly name?: string;
  readonly cloud: AzureCloud;
  readonly tag?: string;
  readonly test: boolean;
}

/** `cost connect --scope SCOPE --tenant ID`, with one way to sign in */
export function addCostConnectCommand(cost: Command, terminal: Terminal, parts: CostParts): void {
  cost
    .command('connect')
    .description('read the costs of a scope of Azure; needs the role Cost Management Reader there')
    .requiredOption('--scope <scope>', 'id of a subscription, or subscriptions/ID/resourceGroups/NAME')
    .option('--tenant <id>', 'id of the tenant; with --azure-cli it may be left out')
    .option('--name <name>', 'what to call it (default: the scope)')
    .option('--azure-cli', 'sign in as the Azure CLI is signed in (az login)')
    .option('--client-id <id>', 'sign in as an application, or as this managed or workload identity')
    .option('--secret-env <variable>', "environment variable that holds the application's secret")
    .option('--secret-file <path>', "file that holds the application's secret, yours alone (0600)")
    .option('--managed-identity', "sign in as this machine's managed identity")
    .option('--workload-identity', "sign in as this pod's workload identity")
    .option('--token-file <path>', 'with --workload-identity: where its token is')
    .addOption(new Option('--cloud <cloud>', 'which Azure').choices(AZURE_CLOUDS).default('public'))
    .option('--tag <key>', 'keep the values of this tag with the costs')
    .option('--no-test', 'do not ask Azure now')
    .addOption(dataOption())
    .action((options: ConnectOptions) => connect(terminal, parts, options));
}

async function connect(terminal: Terminal, parts: CostParts, options: ConnectOptions): Promise<void> {
  const folder = chooseDataFolder(options.data, terminal.env);
  const scope = parseScope(options.scope);
  const { cloud, tag, name = scope } = options;
  const signIn = signInOf(options);
  if (options.tenant === undefined && signIn.kind !== 'azureCli') {
    throw new CliError('Say which tenant the scope is in: --tenant ID', EXIT.usage);
  }
  const wanted: NewCostConnection = { scope, name, cloud, tenantId: options.tenant ?? '', signIn, tag };
  const found = options.test ? await test(terminal, parts, folder, wanted) : undefined;
  const added = await addCostConnection(folder, wanted);
  terminal.out(
    `Connected ${added.name}${found === undefined ? '' : `: ${found} in this month so far`}. Next: cost sync\n`,
  );
}

/** What Azure answers; nothing is kept unless it does. @throws AzureError, CliError */
async function test(
  terminal: Terminal,
  parts: CostParts,
  folder: string,
  wanted: NewCostConnection,
): Promise<string> {
  const connection: CostConnection = { ...wanted, id: '', enabled: true };
  const deps = await openCostSession(terminal, folder, parts);
  return totalsText(await testCostConnection(connection, deps, terminal.signal));
}

/** @throws CliError unless exactly one way to sign in is named */
function signInOf(options: SignInOptions): CostSignIn {
  const { azureCli, clientId, managedIdentity, workloadIdentity, tokenFile } = options;
  const secret = secretPlace('secret', { variable: options.secretEnv, file: options.secretFile });
  const ways = [azureCli, secret, managedIdentity, workloadIdentity].filter(
    (way) => way !== undefined && way !== false,
  );
  if (ways.length !== 1) {
    throw new CliError(
      'Say how to sign in, in one way: --azure-cli, --client-id ID with --secret-env VAR or --secret-file PATH, --managed-identity, or --workload-identity.',
      EXIT.usage,
    );
  }
  if (azureCli === true) {
    return { kind: 'azureCli' };
  }
  if (managedIdentity === true) {
    return { kind: 'managedIdentity', clientId };
  }
  if (workloadIdentity === true) {
    return {
      kind: 'workloadIdentity',
      clientId,
      tokenFile: tokenFile === undefined ? undefined : resolve(tokenFile),
    };
  }
  if (secret === undefined || clientId === undefined) {
    throw new CliError('Name the application whose secret it is: --client-id ID', EXIT.usage);
  }
  return { kind: 'clientSecret', clientId, secret };
}
