import assert from 'node:assert/strict';
import { AzureError, AzureSignInError } from '../../../../src/sync/azure/azureErrors';
import type { AzureCredential } from '../../../../src/sync/azure/azureModule';
import { keepToken } from '../../../../src/sync/azure/tokenKeeper';
import { FakeTime, NOW } from './azureHarness';

const HOUR = 3_600_000;

/** A credential that counts how often it is asked, and gives tokens that end then. */
function counting(endsAt: () => number): AzureCredential & { asked: number } {
  return {
    asked: 0,
    getToken() {
      this.asked += 1;
      return Promise.resolve({ token: `token-${this.asked}`, expiresOnTimestamp: endsAt() });
    },
  };
}

describe('a kept token', () => {
  it('serves requests until two minutes before its end', async () => {
    const time = new FakeTime();
    const credential = counting(() => time.now() + HOUR);
    const kept = keepToken(credential, time);
    const tokens = [];
    for (const at of [0, HOUR - 121_000, HOUR - 119_000]) {
      time.set(new Date(NOW + at).toISOString());
      tokens.push((await kept.getToken('scope'))?.token);
    }
    assert.deepEqual(tokens, ['token-1', 'token-1', 'token-2']);
  });

  it('is asked for once by requests at the same time', async () => {
    const time = new FakeTime();
    const credential = counting(() => time.now() + HOUR);
    const kept = keepToken(credential, time);
    await Promise.all([kept.getToken('scope'), kept.getToken('scope'), kept.getToken('scope')]);
    assert.equal(credential.asked, 1);
  });

  it('lasts five minutes where its end is unknown', async () => {
    for (const end of [Number.NaN, 0]) {
      const time = new FakeTime();
      const credential = counting(() => end);
      const kept = keepToken(credential, time);
      await kept.getToken('scope');
      await kept.getToken('scope');
      assert.equal(credential.asked, 1);
      time.set(new Date(NOW + 300_000).toISOString());
      await kept.getToken('scope');
      assert.equal(credential.asked, 2);
    }
  });

  it('is made anew when the service wants more than it proves', async () => {
    const time = new FakeTime();
    const credential = counting(() => time.now() + HOUR);
    const kept = keepToken(credential, time);
    await kept.getToken('scope');
    assert.equal((await kept.getToken('scope', { claims: '{}' }))?.token, 'token-2');
    assert.equal((await kept.getToken('scope'))?.token, 'token-2');
  });

  it('has ended already for the SDK, which then never renews behind our back', async () => {
    const time = new FakeTime();
    const kept = keepToken(
      counting(() => time.now() + HOUR),
      time,
    );
    assert.equal((await kept.getToken('scope'))?.expiresOnTimestamp, 0);
  });

  it('is a failed sign-in where there is none', async () => {
    const nobody: AzureCredential = { getToken: () => Promise.resolve(null) };
    await assert.rejects(keepToken(nobody, new FakeTime()).getToken('scope'), AzureSignInError);
    const broken: AzureCredential = { getToken: () => Promise.reject(new Error('no broker')) };
    await assert.rejects(
      keepToken(broken, new FakeTime()).getToken('scope'),
      (error: unknown) => error instanceof AzureSignInError && error.message.endsWith('no broker'),
    );
  });

  it('passes on why a credential of ours failed', async () => {
    const offline = new AzureError('network', 'no network');
    const credential: AzureCredential = { getToken: () => Promise.reject(offline) };
    await assert.rejects(keepToken(credential, new FakeTime()).getToken('scope'), offline);
  });
});
