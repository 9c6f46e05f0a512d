import assert from 'node:assert/strict';
import { AzureError } from '../../../../src/sync/azure/azureErrors';
import { isSubscriptionScope, normaliseScope, scopeLabel } from '../../../../src/sync/azure/scopes';

const ID = '1a2b3c4d-0000-1111-2222-ABCDEFabcdef';
const SUBSCRIPTION = `subscriptions/${ID.toLowerCase()}`;
const GROUP = `${SUBSCRIPTION}/resourcegroups/rg-ai`;
const ACCOUNT = 'providers/microsoft.billing/billingaccounts/11111:22222_2019-05-31';

describe('a scope', () => {
  it('is trimmed, in lower case and without slashes at its ends', () => {
    assert.equal(normaliseScope(`  //Subscriptions/${ID}/ `), SUBSCRIPTION);
    assert.equal(normaliseScope(`/subscriptions/${ID}/resourceGroups/RG-AI`), GROUP);
    assert.equal(normaliseScope(GROUP), GROUP);
  });

  it('may be the bare ID of a subscription', () => {
    assert.equal(normaliseScope(ID), SUBSCRIPTION);
  });

  it('is one of the kinds that Cost Management knows', () => {
    for (const scope of [
      SUBSCRIPTION,
      GROUP,
      'providers/microsoft.management/managementgroups/contoso',
      ACCOUNT,
      `${ACCOUNT}/departments/42`,
      `${ACCOUNT}/enrollmentaccounts/7`,
      `${ACCOUNT}/billingprofiles/aw4f-xxxx-bg7-tb`,
      `${ACCOUNT}/billingprofiles/aw4f-xxxx-bg7-tb/invoicesections/sh3v-xxxx-pja-tgb`,
      `${ACCOUNT}/customers/c1`,
    ]) {
      assert.equal(normaliseScope(`/${scope.toUpperCase()}/`), scope);
      assert.notEqual(scopeLabel(scope), scope);
    }
  });

  it('is found in an address of the portal', () => {
    const portal = 'https://portal.azure.com/';
    for (const [address, scope] of [
      [`${portal}#@contoso.com/resource/subscriptions/${ID}/overview`, SUBSCRIPTION],
      [`${portal}#@contoso.com/resource/subscriptions/${ID}/resourceGroups/RG-AI/costanalysis`, GROUP],
      [`${portal}#@contoso.com/resource/subscriptions/${ID}/resourceGroups/RG-AI`, GROUP],
      [
        `${portal}#view/Microsoft_Azure_CostManagement/Menu/~/costanalysis/open/costanalysis/scope/%2Fsubscriptions%2F${ID}`,
        SUBSCRIPTION,
      ],
      [`${portal}#blade/x/scope/%252Fsubscriptions%252F${ID}%252FresourceGroups%252Frg-ai`, GROUP],
      [`https://portal.azure.us/#resource/subscriptions/${ID}/users?x=1`, SUBSCRIPTION],
    ] as const) {
      assert.equal(normaliseScope(address), scope, address);
    }
  });

  it('is a resource group or more: for a resource, the message names its group', () => {
    const resource = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/oai`;
    for (const text of [resource, `https://portal.azure.com/#@contoso.com/resource/${resource}/overview`]) {
      assert.throws(
        () => normaliseScope(text),
        (error: unknown) =>
          error instanceof AzureError && error.kind === 'scope' && error.message.includes(`use ${GROUP}`),
      );
    }
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '/',
      'contoso',
      'subscriptions/contoso',
      `subscriptions/${ID}/resourcegroups`,
      `${SUBSCRIPTION}/tags/x`,
      'https://portal.azure.com/#home',
      'https://portal.azure.com/%E0%A4%A',
      'providers/microsoft.compute/things/1',
      `${ACCOUNT}/departments/4 2`,
    ]) {
      assert.throws(() => normaliseScope(text), /is no scope of Azure/u, text);
    }
  });

  it('has a name for people', () => {
    assert.equal(scopeLabel(GROUP), `Resource group rg-ai of subscription ${ID.toLowerCase()}`);
    assert.equal(
      scopeLabel(`${ACCOUNT}/departments/42`),
      'Department 42 of billing account 11111:22222_2019-05-31',
    );
    assert.equal(scopeLabel('whatever'), 'whatever');
  });

  it('tells whether costs come by resource', () => {
    assert.equal(isSubscriptionScope(SUBSCRIPTION), true);
    assert.equal(isSubscriptionScope(GROUP), true);
    assert.equal(isSubscriptionScope(ACCOUNT), false);
    assert.equal(isSubscriptionScope('providers/microsoft.management/managementgroups/contoso'), false);
  });
});
