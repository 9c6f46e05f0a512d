import assert from 'node:assert/strict';
import { LEAST_TOKEN, isLoopback, refusalOf } from '../../../src/serve/listening/listenRules';
import { carriesToken, newToken } from '../../../src/serve/listening/token';

const GOOD = 'x'.repeat(LEAST_TOKEN);

describe('Where a server may listen', () => {
  it('is this machine alone, unless somebody said otherwise and chose a token', () => {
    assert.equal(refusalOf({ host: '127.0.0.1', allowsRemote: false }), undefined);
    assert.equal(refusalOf({ host: 'localhost', allowsRemote: true }), undefined);
    assert.match(refusalOf({ host: '0.0.0.0', allowsRemote: false }) ?? '', /--allow-remote/u);
    assert.match(refusalOf({ host: '0.0.0.0', token: GOOD, allowsRemote: false }) ?? '', /--allow-remote/u);
    assert.match(refusalOf({ host: '0.0.0.0', allowsRemote: true }) ?? '', /--token-env/u);
    assert.equal(refusalOf({ host: '0.0.0.0', token: GOOD, allowsRemote: true }), undefined);
  });

  it('needs a token that is long enough and fits in a header, also on this machine', () => {
    for (const token of ['', GOOD.slice(1), `${GOOD} `, `${GOOD}\n`, `${GOOD}ä`]) {
      assert.match(
        refusalOf({ host: '127.0.0.1', token, allowsRemote: false }) ?? '',
        /openssl rand/u,
        token,
      );
    }
  });

  it('knows which names are this machine alone', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', '::1', '[::1]']) {
      assert.equal(isLoopback(host), true, host);
    }
    for (const host of [
      '',
      '0.0.0.0',
      '::',
      '[::]',
      '192.168.1.2',
      '127.0.0.1.example.org',
      '1127.0.0.1',
      '*',
    ]) {
      assert.equal(isLoopback(host), false, host);
    }
  });
});

describe('A token', () => {
  it('is new each time, and good enough for a server', () => {
    const token = newToken();
    assert.notEqual(token, newToken());
    assert.equal(refusalOf({ host: '127.0.0.1', token, allowsRemote: false }), undefined);
    assert.equal(carriesToken(`Bearer ${token}`, token), true);
    assert.equal(carriesToken(undefined, token), false);
  });
});
