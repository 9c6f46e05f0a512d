import assert from 'node:assert/strict';
import { publishedRows } from '../../store/published';
import { useTemporaryFolder } from '../../store/builders';
import { ImportStage, RESOURCE, SUBSCRIPTION } from './importHarness';

const HEADER_1_0 =
  'BilledCost,BillingAccountId,BillingCurrency,ChargeCategory,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,EffectiveCost,ProviderName,ResourceId,ServiceName,SubAccountId,SubAccountName,x_SkuMeterName,x_SkuMeterSubcategory';

function focus(header: string, ...lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`;
}

describe('Importing a FOCUS file', () => {
  const folder = useTemporaryFolder();
  const daily = () =>
    publishedRows(
      folder(),
      `SELECT cost_type, date, resource_id, meter, charge_type, cost_e8, quantity, unit, service FROM cost_daily
       ORDER BY cost_type, utc_day`,
    );

  it('takes the billed cost as actual and the effective one as amortized', async () => {
    const result = await new ImportStage(folder()).import(
      focus(
        HEADER_1_0,
        `0.5,1234,EUR,Usage,2025-10-01T00:00:00Z,100,1K Tokens,0.4,Microsoft,${RESOURCE},Azure OpenAI,/subscriptions/${SUBSCRIPTION},Production,gpt 4o Inp glbl Tokens,Azure OpenAI`,
        `-0.1,1234,EUR,Credit,2025-10-02T00:00Z,,,-0.1,Microsoft,${RESOURCE},Azure OpenAI,/subscriptions/${SUBSCRIPTION},Production,,`,
      ),
    );
    assert.equal(result.dialect, 'focus');
    assert.deepEqual(
      result.scopes.map(({ scope, name, costType }) => [scope, name, costType]),
      [
        [`subscriptions/${SUBSCRIPTION}`, 'Production', 'actual'],
        [`subscriptions/${SUBSCRIPTION}`, 'Production', 'amortized'],
      ],
    );
    const id = RESOURCE.toLowerCase();
    const usage = ['2025-10-01', id, 'gpt 4o Inp glbl Tokens', 'Usage'];
    const credit = ['2025-10-02', id, '', 'Credit', -10_000_000, null, null, 'Azure OpenAI'];
    assert.deepEqual(await daily(), [
      ['actual', ...usage, 50_000_000, 100, '1K Tokens', 'Azure OpenAI'],
      ['actual', ...credit],
      ['amortized', ...usage, 40_000_000, 100, '1K Tokens', 'Azure OpenAI'],
      ['amortized', ...credit],
    ]);
  });

  it('knows the meter column of 1.2, and accounts of other clouds', async () => {
    const result = await new ImportStage(folder()).import(
      focus(
        'BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,SubAccountId,ProviderName,SkuMeter,ServiceName',
        '2,2,USD,2025-10-01T00:00:00Z,Usage,123456789012,AWS,Claude input tokens,Amazon Bedrock',
      ),
    );
    assert.equal(result.scopes[0]?.scope, 'aws/123456789012');
    assert.equal((await daily())[0]?.[3], 'Claude input tokens');
  });
});
