import assert from 'node:assert/strict';
import type { Login, StoredCredential } from '../../../src/extension/instances/credentialRecord';
import { RenewingCredentials } from '../../../src/extension/instances/renewal';
import type { FailureCode, FailureDetails } from '../../../src/sync/openwebui/failures';
import { OpenWebUiError } from '../../../src/sync/openwebui/failures';
import { anInstance, NOW } from './builders';

const HOUR = 3600;
const LOGIN: Login = { email: 'ada@example.org', password: 'correct horse' };
const instance = anInstance();

/** A token with an hour of life, of which `left` seconds are left. */
function token(left: number, login: Login | undefined = LOGIN): StoredCredential {
  return {
    credential: { kind: 'token', value: 'old', expiresAt: NOW / 1000 + left },
    savedAt: NOW - (HOUR - left) * 1000,
    login,
  };
}

function setup(
  stored: StoredCredential | undefined,
  signIn: () => Promise<string> = () => Promise.resolve('new'),
) {
  const state = { stored, now: NOW, tries: 0, refusals: [] as string[], lines: [] as string[] };
  const note = (line: string) => state.lines.push(line);
  const credentials = new RenewingCredentials({
    store: {
      getStored: () => Promise.resolve(state.stored),
      set: (_instance, credential, login) => {
        state.stored = { credential, savedAt: state.now, login };
        return Promise.resolve();
      },
      forgetLogin: () => {
        state.stored = state.stored && { ...state.stored, login: undefined };
        return Promise.resolve();
      },
    },
    signIn: async () => {
      state.tries += 1;
      return { kind: 'token', value: await signIn(), expiresAt: state.now / 1000 + HOUR };
    },
    now: () => state.now,
    log: { error: note, warn: note, info: note, debug: note },
    onRefused: (_instance, reason) => state.refusals.push(reason),
  });
  return { state, get: async () => (await credentials.get(instance))?.value };
}

function failing(code: FailureCode, details: Partial<FailureDetails> = {}) {
  return () => Promise.reject(new OpenWebUiError(code, { host: 'fasgpt.example.org', ...details }));
}

describe('a kept password', () => {
  it('renews a sign-in that is about to end, and one that has ended', async () => {
    for (const left of [300, -300]) {
      const { state, get } = setup(token(left));
      assert.equal(await get(), 'new');
      assert.equal(await get(), 'new');
      assert.equal(state.tries, 1);
      assert.deepEqual(state.stored?.login, LOGIN);
    }
  });

  it('is not used while the sign-in lasts, nor where none was kept', async () => {
    const lasting = setup(token(1800));
    assert.equal(await lasting.get(), 'old');
    const notKept = setup({ ...token(300), login: undefined });
    assert.equal(await notKept.get(), 'old');
    assert.equal(lasting.state.tries + notKept.state.tries, 0);
    assert.equal(await setup(undefined).get(), undefined);
  });

  it('is tried once by callers that come together', async () => {
    const { state, get } = setup(token(300));
    assert.deepEqual(await Promise.all([get(), get(), get()]), ['new', 'new', 'new']);
    assert.equal(state.tries, 1);
  });

  for (const code of ['wrongPassword', 'secondFactor', 'forbidden'] as const) {
    it(`is forgotten and told of once when the server answers ${code}: no try may lock the account`, async () => {
      const { state, get } = setup(token(300), failing(code));
      assert.equal(await get(), 'old');
      assert.equal(await get(), 'old');
      assert.equal(state.tries, 1);
      assert.equal(state.stored?.login, undefined);
      assert.equal(state.refusals.length, 1);
    });
  }

  it('waits as long as a busy server asks, and is kept', async () => {
    const { state, get } = setup(token(300), failing('rateLimited', { retryAfterMs: HOUR * 1000 }));
    await get();
    state.now += (HOUR - 1) * 1000;
    await get();
    assert.equal(state.tries, 1);
    state.now += 2000;
    await get();
    assert.equal(state.tries, 2);
    assert.deepEqual(state.refusals, []);
    assert.deepEqual(state.stored?.login, LOGIN);
  });

  it('is kept when only the network failed', async () => {
    const { state, get } = setup(token(300), failing('dns'));
    assert.equal(await get(), 'old');
    assert.deepEqual(state.stored?.login, LOGIN);
    assert.deepEqual(state.refusals, []);
  });

  it('never stands in the log', async () => {
    const { state, get } = setup(token(300), failing('wrongPassword'));
    await get();
    assert.ok(state.lines.length > 0);
    assert.ok(!state.lines.join('\n').includes(LOGIN.password));
  });
});
