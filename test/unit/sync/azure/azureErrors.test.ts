import assert from 'node:assert/strict';
import { AzureError, AzureSignInError, AzureThrottledError } from '../../../../src/sync/azure/azureErrors';

describe('errors of Azure', () => {
  it('are told apart', () => {
    const error = new AzureError('forbidden', 'no');
    const signIn = new AzureSignInError('no');
    const throttled = new AzureThrottledError(Date.parse('2025-10-15T12:34:56Z'));
    assert.deepEqual(
      [error, signIn, throttled].map((each) => [
        each instanceof AzureError,
        each instanceof AzureSignInError,
        each instanceof AzureThrottledError,
      ]),
      [
        [true, false, false],
        [true, true, false],
        [true, false, true],
      ],
    );
    for (const other of [new Error('other'), { name: 'AzureError' }, undefined] as unknown[]) {
      assert.equal(other instanceof AzureError, false);
    }
  });

  it('are known when a copy of their module made them, as in the bundle of the SDK', () => {
    const file = require.resolve('../../../../src/sync/azure/azureErrors');
    const own = require.cache[file];
    Reflect.deleteProperty(require.cache, file);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the way to load a module twice
    const copy = require(file) as { AzureThrottledError: typeof AzureThrottledError };
    require.cache[file] = own;
    assert.notEqual(copy.AzureThrottledError, AzureThrottledError);
    const error: unknown = new copy.AzureThrottledError(5);
    assert.ok(error instanceof AzureThrottledError);
    assert.ok(error instanceof AzureError);
    assert.equal(error.until, 5);
  });

  it('say until when Azure throttles', () => {
    const { message, until } = new AzureThrottledError(Date.parse('2025-10-15T12:34:56Z'));
    assert.match(message, /^Azure is throttling until 2025-10-15 12:34 UTC\. What was read before stays/u);
    assert.equal(until, Date.parse('2025-10-15T12:34:56Z'));
  });
});
