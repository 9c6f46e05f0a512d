import assert from 'node:assert/strict';
import { withSeedResources } from '../../../../src/extension/costs/seedResources';
import { NO_ANALYSIS } from '../../../../src/store/analysis/analysisTypes';

const INSTANCES = [
  { id: 1, name: 'fasgpt' },
  { id: 2, name: 'resgpt' },
];

describe('the resources that a start brings', () => {
  it('serve the instances of their names', () => {
    const { resources } = withSeedResources(
      NO_ANALYSIS,
      [
        { resource: '/subscriptions/1/A', instances: ['resgpt', 'fasgpt'] },
        { resource: '/subscriptions/1/b', instances: ['another'] },
      ],
      INSTANCES,
    );
    assert.deepEqual(resources, [{ resource: 'subscriptions/1/a', instances: [1, 2], source: 'azure' }]);
  });

  it('leave what somebody has said, and change nothing the second time', () => {
    const said = { resource: 'subscriptions/1/a', instances: [2], source: 'admin' as const };
    const before = { ...NO_ANALYSIS, resources: [said] };
    const brought = [{ resource: '/subscriptions/1/A', instances: ['fasgpt'] }];
    assert.equal(withSeedResources(before, brought, INSTANCES), before);
    const once = withSeedResources(NO_ANALYSIS, brought, INSTANCES);
    assert.equal(withSeedResources(once, brought, INSTANCES), once);
  });
});
