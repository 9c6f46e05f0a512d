import assert from 'node:assert/strict';
import { expiryOf } from '../../../../src/sync/azure/tokenExpiry';
import { NOW } from './azureHarness';

const FIVE_MINUTES = 300_000;

describe('when a token ends', () => {
  it('is what its exp says', () => {
    assert.equal(expiryOf(jwt({ exp: 1_760_533_200 }), NOW), 1_760_533_200_000);
    assert.equal(expiryOf(jwt({ exp: '1760533200' }), NOW), 1_760_533_200_000);
  });

  it('is five minutes from now where it does not say so: never NaN, never 0', () => {
    for (const token of [
      'opaque',
      '',
      'a.b.c',
      jwt({}),
      jwt({ exp: 0 }),
      jwt({ exp: -5 }),
      jwt({ exp: 'soon' }),
      jwt({ exp: null }),
      jwt(null),
      jwt(7),
    ]) {
      assert.equal(expiryOf(token, NOW), NOW + FIVE_MINUTES, token);
    }
  });
});

function jwt(claims: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.signature`;
}
