import type { AzureCloud } from '../../../sync/azure/azureModule';

/** The provider of VS Code's Microsoft accounts. */
const PUBLIC_PROVIDER = 'microsoft';
/** The same for country clouds; it knows one of them at a time. */
const SOVEREIGN_PROVIDER = 'microsoft-sovereign-cloud';

/** Says which country cloud {@link SOVEREIGN_PROVIDER} signs in to. */
export const SOVEREIGN_SETTING = 'microsoft-sovereign-cloud.environment';

const SOVEREIGN_NAMES: Readonly<Record<Exclude<AzureCloud, 'public'>, string>> = {
  usGov: 'USGovernment',
  china: 'ChinaCloud',
};

/**
 * The editor's provider of accounts for a cloud; undefined: it has none.
 * @param environment value of {@link SOVEREIGN_SETTING}
 */
export function editorProviderOf(cloud: AzureCloud, environment: unknown): string | undefined {
  if (cloud === 'public') {
    return PUBLIC_PROVIDER;
  }
  return environment === SOVEREIGN_NAMES[cloud] ? SOVEREIGN_PROVIDER : undefined;
}

/** What Azure's management is called in tokens, and what it was called before: some tenants know the older name alone. */
const OLDER_AUDIENCES: Readonly<Record<string, string>> = {
  'https://management.azure.com': 'https://management.core.windows.net',
  'https://management.usgovcloudapi.net': 'https://management.core.usgovcloudapi.net',
  'https://management.chinacloudapi.cn': 'https://management.core.chinacloudapi.cn',
};

/** The same scopes by the older name; undefined where there is none. */
export function olderScopes(scopes: readonly string[]): readonly string[] | undefined {
  const older = scopes.map((scope) => {
    const [origin] = /^https:\/\/[^/]+/u.exec(scope) ?? [''];
    const name = OLDER_AUDIENCES[origin];
    return name === undefined ? scope : name + scope.slice(origin.length);
  });
  return older.some((scope, index) => scope !== scopes[index]) ? older : undefined;
}
