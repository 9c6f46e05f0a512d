import assert from 'node:assert/strict';
import {
  accountsIn,
  freeName,
  ownTenant,
  servedIn,
  signInOf,
  subscriptionsOf,
  suggestScopeName,
} from '../../../../src/extension/costs/connect/connectDraft';
import { objectToScope } from '../../../../src/extension/costs/connect/scopeObjection';
import { listDeployments } from '../../../../src/extension/costs/mapping/listDeployments';
import { withDeployments, withResources } from '../../../../src/extension/costs/mapping/mappedAnalysis';
import { mapGroups, type MapSources } from '../../../../src/extension/costs/mapping/mapItems';
import { NO_MAPPINGS, withMappings } from '../../../../src/extension/costs/mapping/mappingDraft';
import {
  isModelResource,
  mappingOf,
  resourceName,
} from '../../../../src/extension/costs/mapping/resourceMap';
import { NO_ANALYSIS, type ResourceMapping } from '../../../../src/store/analysis/analysisTypes';
import type { CostConnection } from '../../../../src/store/costs/costConnection';
import type { AzureAccount, AzureDirectory } from '../../../../src/sync/azure/azureModule';
import { anInstance } from '../builders';
import { aConnection, SUBSCRIPTION } from './builders';

const GROUP = `${SUBSCRIPTION}/resourcegroups/ai`;
const OPENAI = `${GROUP}/providers/microsoft.cognitiveservices/accounts/openai-1`;
const SEARCH = `${GROUP}/providers/microsoft.search/searchservices/search-1`;

function anAccount(resourceId: string): AzureAccount {
  return { resourceId, name: 'x', resourceGroup: 'ai', kind: 'OpenAI', location: 'westeurope', hosts: [] };
}

const says = (resource: string, ...instances: number[]): ResourceMapping => ({
  resource,
  instances,
  source: 'admin',
});

describe('what Azure resources serve', () => {
  it('replaces what was said of them, and leaves the others alone', () => {
    const before = { ...NO_ANALYSIS, resources: [says(OPENAI, 1), says(SEARCH, 2)] };
    const served = new Map([[OPENAI, [1, 2]]]);
    assert.deepEqual(withResources(before, served).resources, [says(SEARCH, 2), says(OPENAI, 1, 2)]);
    assert.equal(withResources(before, new Map()), before);
  });

  it('is said by the closest mapping: of the resource, its group, its subscription', () => {
    const mappings = [says(SUBSCRIPTION, 1), says(GROUP, 2), says(OPENAI)];
    assert.deepEqual(mappingOf(OPENAI, mappings)?.instances, []);
    assert.deepEqual(mappingOf(SEARCH, mappings)?.instances, [2]);
    assert.deepEqual(mappingOf(`${SUBSCRIPTION}/resourcegroups/ai-2/x`, mappings)?.instances, [1]);
    assert.equal(mappingOf('subscriptions/other', mappings), undefined);
  });

  it('names a resource by its own name and where it is', () => {
    assert.deepEqual(resourceName(OPENAI), {
      name: 'openai-1',
      place: 'ai · microsoft.cognitiveservices/accounts',
    });
    assert.ok(isModelResource(OPENAI));
    assert.ok(!isModelResource(SEARCH));
  });
});

describe('what deployments are', () => {
  const found = {
    resourceId: `/${OPENAI}`,
    name: 'chat',
    model: 'gpt-4o',
    version: '2024-08-06',
    sku: 'Standard',
  };

  it('is what Azure says now, unless a person said it; the days of those that it had before were billed', () => {
    const admin = { resource: OPENAI, deployment: 'chat', model: 'gpt-4o-mini', source: 'admin' } as const;
    const renamed = { resource: OPENAI, deployment: 'gone', model: 'gpt-35', source: 'azure' } as const;
    const upgraded = { resource: OPENAI, deployment: 'new', model: 'gpt-35', source: 'azure' } as const;
    const before = { ...NO_ANALYSIS, deployments: [admin, renamed, upgraded] };
    const { deployments } = withDeployments(before, [found, { ...found, name: 'new', version: '' }]);
    assert.deepEqual(deployments, [
      admin,
      renamed,
      { resource: OPENAI, deployment: 'new', model: 'gpt-4o', source: 'azure' },
    ]);
  });
});

describe('listing deployments', () => {
  const OTHER_SUBSCRIPTION = SUBSCRIPTION.replace(/.$/u, '9');
  const OTHER = `${OTHER_SUBSCRIPTION}/resourcegroups/ai/providers/microsoft.cognitiveservices/accounts/openai-2`;

  it('asks for each resource once, as the connection signs in that holds it', async () => {
    const asked: string[] = [];
    const directoryOf = ({ name }: CostConnection): AzureDirectory => ({
      ...({} as AzureDirectory),
      accounts: (subscription) =>
        Promise.resolve(
          [OPENAI, OTHER].filter((id) => id.includes(subscription)).map((id) => anAccount(`/${id}`)),
        ),
      deployments: (resourceId) => {
        asked.push(`${name}: ${resourceId}`);
        return Promise.resolve([
          { resourceId: `/${resourceId}`, name: 'chat', model: 'gpt-4o', version: '', sku: 'Standard' },
        ]);
      },
    });
    const deployments = await listDeployments(
      [
        aConnection({ name: 'one' }),
        aConnection({ name: 'two', scope: OTHER_SUBSCRIPTION }),
        aConnection({ name: 'group', scope: GROUP }),
      ],
      (connection) => Promise.resolve(directoryOf(connection)),
      new AbortController().signal,
    );
    assert.deepEqual(asked, [`one: ${OPENAI}`, `two: ${OTHER}`]);
    assert.equal(deployments.length, 2);
  });
});

describe('the dialog that maps resources', () => {
  const sources: MapSources = {
    resources: [
      { resourceId: SEARCH, amounts: [{ currency: 'EUR', amount: 50 }] },
      {
        resourceId: OPENAI,
        amounts: [
          { currency: 'EUR', amount: 12 },
          { currency: 'USD', amount: 3 },
        ],
      },
    ],
    unknownMeters: [{ meter: 'mystery Tokens', amounts: [{ currency: 'EUR', amount: 2 }] }],
    mapped: [],
    meters: [],
    instances: [anInstance({ id: 1, name: 'alpha' })],
    hasConnections: false,
  };
  const shown = (groups: ReturnType<typeof mapGroups>) =>
    groups.map(({ heading, items }) => [heading, items.map(({ label }) => label)]);

  it('asks for models first, then unknown meters, then the rest', () => {
    assert.deepEqual(shown(mapGroups(sources, NO_MAPPINGS)), [
      ['Resources of models without an instance', ['openai-1']],
      ['Unknown meters', ['mystery Tokens']],
      ['Other resources without an instance', ['search-1']],
      ['Deployments', ['$(add) Describe a Deployment...']],
    ]);
    const [models] = mapGroups(sources, NO_MAPPINGS);
    assert.equal(
      models?.items[0]?.description,
      '12.00 EUR + 3.00 USD · ai · microsoft.cognitiveservices/accounts',
    );
  });

  it('shows what was said and offers to save it', () => {
    const groups = mapGroups(sources, { ...NO_MAPPINGS, served: new Map([[OPENAI, [1]]]) });
    assert.deepEqual(shown(groups)[0], ['Changes', ['$(check) Save 1 change']]);
    const mapped = groups.find(({ heading }) => heading === 'Mapped resources');
    assert.equal(mapped?.items[0]?.detail, 'serves alpha');
  });

  it('says in words what a meter was said to count', () => {
    const meter = { meter: 'mystery Tokens', direction: 'cached' } as const;
    const groups = mapGroups(sources, { ...NO_MAPPINGS, meters: new Map([[meter.meter, meter]]) });
    const unknown = groups.find(({ heading }) => heading === 'Unknown meters');
    assert.equal(unknown?.items[0]?.detail, 'Cached input tokens · all models of its resource');
  });

  it('keeps what was said in place of what stood there', () => {
    const meter = { meter: 'mystery Tokens', direction: 'input' } as const;
    const before = {
      ...NO_ANALYSIS,
      meters: [{ ...meter, direction: 'output' } as const],
      deployments: [{ deployment: 'chat', model: 'old', source: 'admin' } as const],
    };
    const analysis = withMappings(before, {
      served: new Map([[OPENAI, []]]),
      meters: new Map([[meter.meter, meter]]),
      deployments: [{ deployment: 'chat', model: 'gpt-4o', source: 'admin' }],
    });
    assert.deepEqual(analysis.meters, [meter]);
    assert.deepEqual(analysis.deployments, [{ deployment: 'chat', model: 'gpt-4o', source: 'admin' }]);
    assert.deepEqual(analysis.resources, [says(OPENAI)]);
  });
});

describe('answers of the connecting dialog', () => {
  it('take accounts of the scopes alone', () => {
    const accounts = [anAccount(`/${OPENAI}`), anAccount(`${SUBSCRIPTION}/resourcegroups/ai-2/x`)];
    assert.deepEqual(accountsIn(accounts, [{ scope: GROUP }]), [anAccount(OPENAI)]);
    assert.equal(accountsIn(accounts, [{ scope: SUBSCRIPTION }]).length, 2);
  });

  it('of resources count as long as the scopes hold them', () => {
    const served = new Map([
      [OPENAI, [1]],
      [SEARCH, [2]],
    ]);
    assert.deepEqual([...servedIn({ accounts: [anAccount(OPENAI)], served })], [[OPENAI, [1]]]);
    assert.deepEqual([...servedIn({ served })], []);
  });

  it('know the subscriptions of scopes, each once', () => {
    const scopes = [SUBSCRIPTION, GROUP, 'providers/microsoft.billing/billingaccounts/1'];
    assert.deepEqual(subscriptionsOf(scopes.map((scope) => ({ scope, name: scope }))), [
      SUBSCRIPTION.split('/')[1],
    ]);
  });

  it('refuse what is no scope or read already, and warn of costs that would count twice', () => {
    const connected = [aConnection({ scope: GROUP, name: 'ai' })];
    assert.equal(objectToScope('anything', connected)?.severity, 'error');
    assert.deepEqual(objectToScope(` /${GROUP}/ `, connected), {
      severity: 'error',
      message: 'Costs of this scope are read already, as "ai".',
    });
    assert.deepEqual(objectToScope(SUBSCRIPTION, connected), {
      severity: 'warning',
      message: '"ai" may hold the same costs: they would be counted twice.',
    });
    assert.equal(objectToScope(`${SUBSCRIPTION}/resourcegroups/other`, connected), undefined);
  });

  it('find a name that is free', () => {
    assert.equal(suggestScopeName(GROUP), 'ai');
    assert.equal(freeName('ai', []), 'ai');
    assert.equal(freeName('a\u001b[2Ji', []), 'a·[2Ji');
    assert.equal(freeName('ai', [{ name: 'AI' }, { name: 'ai 2' }]), 'ai 3');
  });

  it('keep who signed in by name, and never the secret', () => {
    const account = { id: 'a-1', label: 'ada@example.org' };
    assert.deepEqual(signInOf({ cloud: 'public', way: 'editor' }, account), {
      kind: 'editor',
      accountId: 'a-1',
      accountName: 'ada@example.org',
    });
    const secret = signInOf({ cloud: 'public', way: 'clientSecret', clientId: 'app', secret: 's3cret' });
    assert.deepEqual(secret, { kind: 'clientSecret', clientId: 'app' });
  });

  it('ask Azure CLI for the tenant that it has, and the editor for any', () => {
    assert.equal(ownTenant({ way: 'azureCli' }), '');
    assert.equal(ownTenant({ way: 'editor' }), 'organizations');
  });
});
