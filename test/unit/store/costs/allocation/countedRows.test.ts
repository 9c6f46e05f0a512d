import assert from 'node:assert/strict';
import { countedRows, type BilledPlace } from '../../../../../src/store/costs/allocation/countedRows';

const GROUP = '/subscriptions/s/resourcegroups/a';
const ONE = `${GROUP}/providers/microsoft.cognitiveservices/accounts/one`;
const OTHER = '/subscriptions/s/resourcegroups/b';

/** Rows of two scopes, numbered from 1; the first scope counts first. */
function counted(
  [first, second]: readonly [string, string],
  rows: readonly (readonly [scopeId: 1 | 2, resourceId: string, costType?: BilledPlace['costType']])[],
): number[] {
  const places = rows.map(([scopeId, resourceId, costType = 'actual'], index) => ({
    ...{ id: index + 1, scopeId, resourceId, costType },
  }));
  const scopes = new Map([
    [1, first],
    [2, second],
  ]);
  return [...countedRows(places, scopes)];
}

const BILLING = 'providers/microsoft.billing/billingaccounts/x';

describe('What several scopes bill counts once', () => {
  it('where a subscription and a resource group in it tell the same resource', () => {
    const scopes = ['subscriptions/s', 'subscriptions/s/resourcegroups/a'] as const;
    assert.deepEqual(
      counted(scopes, [
        [1, ONE],
        [2, ONE],
        [1, OTHER],
      ]),
      [1, 3],
    );
  });

  it('where one of them tells resource groups alone, whichever comes first', () => {
    assert.deepEqual(
      counted(
        ['subscriptions/s', BILLING],
        [
          [1, ONE],
          [2, GROUP],
        ],
      ),
      [1],
    );
    assert.deepEqual(
      counted(
        [BILLING, 'subscriptions/s'],
        [
          [1, GROUP],
          [2, ONE],
        ],
      ),
      [1],
    );
    assert.deepEqual(
      counted(
        [BILLING, 'subscriptions/s'],
        [
          [1, '/subscriptions/s'],
          [2, ONE],
        ],
      ),
      [1],
    );
  });

  it('but not what only looks alike: another group, or a whole of which one scope has a part', () => {
    const group = 'subscriptions/s/resourcegroups/a';
    assert.deepEqual(
      counted(
        [group, BILLING],
        [
          [1, ONE],
          [2, OTHER],
        ],
      ),
      [1, 2],
    );
    assert.deepEqual(
      counted(
        [group, BILLING],
        [
          [1, ONE],
          [2, '/subscriptions/s'],
        ],
      ),
      [1, 2],
    );
    assert.deepEqual(
      counted(
        ['subscriptions/s', BILLING],
        [
          [1, `${GROUP}2/x`],
          [2, GROUP],
        ],
      ),
      [1, 2],
    );
  });

  it('and cost of no resource only in a scope and its parts', () => {
    assert.deepEqual(
      counted(
        ['subscriptions/s', 'subscriptions/t'],
        [
          [1, ''],
          [2, ''],
        ],
      ),
      [1, 2],
    );
    assert.deepEqual(
      counted(
        ['subscriptions/s', 'subscriptions/s/resourcegroups/a'],
        [
          [1, ''],
          [2, ''],
        ],
      ),
      [1],
    );
  });

  it('and cost of a subscription itself, which scopes above tell by its name', () => {
    for (const scopes of [['subscriptions/s', BILLING] as const, [BILLING, 'subscriptions/s'] as const]) {
      const names = scopes[0] === BILLING ? ['/subscriptions/s', ''] : ['', '/subscriptions/s'];
      assert.deepEqual(
        counted(scopes, [
          [1, names[0] ?? ''],
          [2, names[1] ?? ''],
          [2, '/subscriptions/t'],
        ]),
        [1, 3],
      );
    }
    assert.deepEqual(
      counted(
        ['subscriptions/s', BILLING],
        [
          [1, ''],
          [2, ''],
        ],
      ),
      [1, 2],
    );
  });

  it('of each cost type for itself', () => {
    assert.deepEqual(
      counted(
        ['subscriptions/s', BILLING],
        [
          [1, ONE],
          [2, ONE, 'amortized'],
        ],
      ),
      [1, 2],
    );
  });
});
