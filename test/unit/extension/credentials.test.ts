import assert from 'node:assert/strict';
import {
  instanceIdOf,
  parseCredential,
  secretName,
  serializeCredential,
} from '../../../src/extension/instances/credentialRecord';
import { signInEnding, signInProblem } from '../../../src/extension/instances/signInState';
import { anInstance, aRun, NOW } from './builders';

describe('a stored credential', () => {
  it('is bound to the instance and the origin that it was entered for', () => {
    const here = secretName(anInstance());
    assert.equal(secretName(anInstance({ url: 'https://fasgpt.example.org/ai' })), here);
    assert.notEqual(secretName(anInstance({ url: 'https://fasgpt.example.org:8443' })), here);
    assert.notEqual(secretName(anInstance({ url: 'http://fasgpt.example.org' })), here);
    assert.notEqual(secretName(anInstance({ id: 2 })), here);
    assert.equal(instanceIdOf(here), 1);
    assert.equal(instanceIdOf('something else'), undefined);
  });

  it('survives its way through the secret storage', () => {
    const stored = { credential: { kind: 'token', value: 'abc', expiresAt: 5 }, savedAt: 7 } as const;
    assert.deepEqual(parseCredential(serializeCredential(stored)), stored);
  });

  it('keeps a password only where one was given to it', () => {
    const login = { email: 'ada@example.org', password: 'correct horse' };
    const token = { credential: { kind: 'token', value: 'abc', expiresAt: 5 }, savedAt: 7 } as const;
    assert.deepEqual(parseCredential(serializeCredential({ ...token, login })), { ...token, login });
    assert.equal(parseCredential(serializeCredential({ ...token, login: undefined }))?.login, undefined);
  });

  it('is not there when the text is none of ours', () => {
    for (const text of ['', 'sk-plain', '{}', '{"version":1,"savedAt":1,"credential":{"kind":"other"}}']) {
      assert.equal(parseCredential(text), undefined);
    }
  });
});

describe('signing in', () => {
  const stored = { credential: { kind: 'apiKey', value: 'sk-x' }, savedAt: NOW - 10_000 } as const;
  const facts = { instance: anInstance(), stored, lastRun: undefined, now: NOW };
  const rejectedAt = (at: number) =>
    aRun({ status: 'failed', errorCode: 'keyRejected', error: 'x rejects the key.', startedAt: at / 1000 });

  it('needs a key', () => {
    assert.match(
      signInProblem({ ...facts, stored: undefined }) ?? '',
      /No key is stored for fasgpt\.example\.org/,
    );
    assert.equal(signInProblem(facts), undefined);
  });

  it('ends when the token does', () => {
    const token = {
      credential: { kind: 'token', value: 'x', expiresAt: NOW / 1000 - 1 },
      savedAt: 0,
    } as const;
    assert.match(signInProblem({ ...facts, stored: token }) ?? '', /has ended/);
  });

  it('goes on by itself when the token has ended but its password was kept', () => {
    const kept = {
      credential: { kind: 'token', value: 'x', expiresAt: NOW / 1000 - 1 },
      savedAt: 0,
      login: { email: 'ada@example.org', password: 'x' },
    } as const;
    assert.equal(signInProblem({ ...facts, stored: kept }), undefined);
    assert.equal(signInEnding(kept, NOW), undefined);
  });

  it('is about to end when a day or a tenth of its life is left, whichever is less', () => {
    const day = 86_400;
    const left = (life: number, seconds: number) =>
      signInEnding(
        {
          credential: { kind: 'token', value: 'x', expiresAt: NOW / 1000 + seconds },
          savedAt: NOW - (life - seconds) * 1000,
        },
        NOW,
      );
    assert.equal(left(28 * day, 2 * day), undefined);
    assert.equal(left(28 * day, day - 1), NOW + (day - 1) * 1000);
    assert.equal(left(3600, 361), undefined);
    assert.equal(left(3600, 359), NOW + 359_000);
    assert.equal(left(3600, -1), undefined);
    assert.equal(signInEnding(stored, NOW), undefined);
  });

  it('stops at a rejected key until another one is entered', () => {
    assert.equal(signInProblem({ ...facts, lastRun: rejectedAt(NOW) }), 'x rejects the key.');
    assert.equal(signInProblem({ ...facts, lastRun: rejectedAt(NOW - 60_000) }), undefined);
  });

  it('goes on after failures that the key has no part in', () => {
    const lastRun = aRun({ status: 'failed', errorCode: 'timeout', startedAt: NOW / 1000 });
    assert.equal(signInProblem({ ...facts, lastRun }), undefined);
  });
});
