import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import {
  addCostConnection,
  loadCostConnections,
  removeCostConnection,
  updateCostConnection,
  type NewCostConnection,
} from '../../../../src/store/costs/costConnectionsFile';
import { parseScope, scopesOverlap } from '../../../../src/store/costs/costScope';
import { CostConnectionsFileError, InvalidCostConnectionError } from '../../../../src/store/errors';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { useTemporaryFolder } from '../builders';

const ID = '11111111-2222-3333-4444-555555555555';
const OTHER = '99999999-2222-3333-4444-555555555555';

function connection(changes: Partial<NewCostConnection> = {}): NewCostConnection {
  return {
    scope: `/subscriptions/${ID.toUpperCase()}/`,
    name: 'Production',
    cloud: 'public',
    tenantId: 'Contoso.onmicrosoft.com',
    signIn: { kind: 'clientSecret', clientId: 'app', secret: { kind: 'environment', variable: 'SECRET' } },
    ...changes,
  };
}

describe('Connections to Azure', () => {
  const root = useTemporaryFolder();
  const path = (): string => dataFolderAt(root()).azure;

  it('are kept in a file of their owner alone, scopes in one form, secrets by place', async () => {
    const added = await addCostConnection(root(), connection());
    assert.equal(added.scope, `subscriptions/${ID}`);
    assert.deepEqual(await loadCostConnections(root()), [added]);
    if (process.platform !== 'win32') {
      assert.equal(statSync(path()).mode & 0o777, 0o600);
    }
  });

  it('name their tenant, unless Azure CLI has one', async () => {
    const added = await addCostConnection(root(), connection({ tenantId: '', signIn: { kind: 'azureCli' } }));
    assert.deepEqual(await loadCostConnections(root()), [added]);
    const nameless = connection({ tenantId: '', name: 'Other', scope: OTHER });
    await assert.rejects(addCostConnection(root(), nameless), /tenantId: Name the tenant/u);
  });

  it('have names that stand in a line', async () => {
    for (const name of ['two\nlines', 'tab\tbed', 'red \u001b[31m', 'back\u202ewards']) {
      await assert.rejects(
        addCostConnection(root(), connection({ name })),
        /line ends and control characters/u,
      );
    }
    await assert.rejects(addCostConnection(root(), connection({ name: ' \n' })), /Enter a name/u);
    const { id } = await addCostConnection(root(), connection());
    await assert.rejects(updateCostConnection(root(), id, { name: 'a\rb' }), /control characters/u);
    writeFileSync(path(), readFileSync(path(), 'utf8').replace('"Production"', '"Pro\\u001bduction"'));
    assert.deepEqual(
      (await loadCostConnections(root())).map(({ name }) => name),
      ['Pro·duction'],
    );
  });

  it('are changed and removed', async () => {
    const { id } = await addCostConnection(root(), connection());
    const changed = await updateCostConnection(root(), id, { name: 'Prod', enabled: false, tag: 'team' });
    assert.deepEqual([changed.name, changed.enabled, changed.tag], ['Prod', false, 'team']);
    await removeCostConnection(root(), id);
    await removeCostConnection(root(), id);
    assert.deepEqual(await loadCostConnections(root()), []);
    await assert.rejects(updateCostConnection(root(), id, {}), /removed meanwhile/u);
  });

  it('never read the same cost twice', async () => {
    await addCostConnection(root(), connection());
    const again = addCostConnection(root(), connection({ name: 'Again', scope: ID }));
    await assert.rejects(again, /are read already, as "Production"/u);
    const inside = connection({ name: 'Group', scope: `subscriptions/${ID}/resourceGroups/rg` });
    await assert.rejects(addCostConnection(root(), inside), /would count twice: "Production" reads/u);
    await assert.rejects(
      addCostConnection(root(), connection({ scope: OTHER })),
      /There is a connection "Production" already/u,
    );
    await addCostConnection(root(), connection({ name: 'Research', scope: OTHER }));
    assert.equal((await loadCostConnections(root())).length, 2);
  });

  it('added at the same time are all kept', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => ID.replace(/^1/u, String(index + 2)));
    await Promise.all(ids.map((scope) => addCostConnection(root(), connection({ name: scope, scope }))));
    assert.equal((await loadCostConnections(root())).length, 8);
  });

  for (const [what, content] of [
    ['is no JSON', '{'],
    ['lacks something', '{"version":1,"connections":[{"id":"a"}]}'],
    ['is of a newer version', '{"version":2,"connections":[]}'],
  ] as const) {
    it(`of a file that ${what} are an error that names it; the file stays`, async () => {
      await addCostConnection(root(), connection());
      writeFileSync(path(), content);
      await assert.rejects(loadCostConnections(root()), (error: Error) => {
        assert.ok(error instanceof CostConnectionsFileError);
        assert.ok(error.message.startsWith(`${path()} cannot be used: `), error.message);
        return true;
      });
      await assert.rejects(addCostConnection(root(), connection({ scope: OTHER })), CostConnectionsFileError);
      assert.equal(readFileSync(path(), 'utf8'), content);
    });
  }
});

describe('Scopes of costs', () => {
  it('are trimmed, in lower case, without slashes at their ends', () => {
    assert.equal(
      parseScope(`  /Subscriptions/${ID}/ResourceGroups/RG-1/ `),
      `subscriptions/${ID}/resourcegroups/rg-1`,
    );
    assert.equal(
      parseScope('/providers/Microsoft.Billing/billingAccounts/1234:5678_2019-05-31/billingProfiles/AB-1'),
      'providers/microsoft.billing/billingaccounts/1234:5678_2019-05-31/billingprofiles/ab-1',
    );
  });

  for (const text of ['', 'production', `subscriptions/${ID}/resourceGroups`, 'https://portal.azure.com']) {
    it(`are not "${text}"`, () => {
      assert.throws(() => parseScope(text), InvalidCostConnectionError);
    });
  }

  it('overlap where one is a part of the other, or may hold anything', () => {
    const billing = 'providers/microsoft.billing/billingaccounts/1';
    assert.equal(scopesOverlap(`subscriptions/${ID}`, `subscriptions/${ID}/resourcegroups/a`), true);
    assert.equal(scopesOverlap(`subscriptions/${ID}`, `subscriptions/${OTHER}`), false);
    assert.equal(
      scopesOverlap(`subscriptions/${ID}/resourcegroups/a`, `subscriptions/${ID}/resourcegroups/ab`),
      false,
    );
    assert.equal(scopesOverlap(billing, `subscriptions/${ID}`), true);
    assert.equal(scopesOverlap(billing, 'billingaccounts/2'), true);
    assert.equal(scopesOverlap(billing, 'aws/123456789012'), false);
  });
});
