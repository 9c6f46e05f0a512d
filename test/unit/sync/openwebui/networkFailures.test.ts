import assert from 'node:assert/strict';
import type { FailureCode } from '../../../../src/sync/openwebui/failures';
import { networkFailure } from '../../../../src/sync/openwebui/networkFailures';

type Case = readonly [what: string, cause: unknown, code: FailureCode];

function coded(code: string, more: Record<string, unknown> = {}): Error {
  return Object.assign(new Error('x'), { code, ...more });
}

const CASES: readonly Case[] = [
  ['a name that nobody knows', coded('ENOTFOUND'), 'dns'],
  ['a name service that is down', coded('EAI_AGAIN'), 'dns'],
  ['a closed port', coded('ECONNREFUSED', { port: 443 }), 'connectionRefused'],
  [
    'closed ports on all addresses',
    new AggregateError([coded('ECONNREFUSED', { port: 443 })]),
    'connectionRefused',
  ],
  ['a port that the web forbids', new Error('bad port'), 'connectionRefused'],
  ['a connection that is reset', coded('ECONNRESET'), 'connectionLost'],
  ['a server that hangs up in the middle', coded('UND_ERR_SOCKET'), 'connectionLost'],
  ['a length that does not fit', new Error('net::ERR_CONTENT_LENGTH_MISMATCH'), 'connectionLost'],
  ['something without a name', new Error('oops'), 'connectionLost'],
  ['a connection that takes too long', coded('UND_ERR_CONNECT_TIMEOUT'), 'timeout'],
  ['headers that take too long', coded('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
  ['an own authority', coded('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate'],
  ['a self-signed certificate', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
  ['an unknown authority', coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'certificate'],
  ['a certificate that has run out', coded('CERT_HAS_EXPIRED'), 'certificate'],
  ['a certificate for another name', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
  ['an authority that Chromium does not know', new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'certificate'],
  ['http where https is spoken to', coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'noTls'],
  ['a network without a way', coded('ENETUNREACH'), 'unreachable'],
  ['no network', new Error('net::ERR_INTERNET_DISCONNECTED'), 'unreachable'],
  [
    'a proxy that wants a sign-in',
    new Error('Proxy response (407) !== 200 when HTTP Tunneling'),
    'proxySignIn',
  ],
  ['an answer 407, which undici hides', new Error(''), 'proxySignIn'],
  ['the same in Chromium’s words', new Error('net::ERR_PROXY_AUTH_REQUESTED'), 'proxySignIn'],
  ['a proxy that refuses', new Error('Proxy response (403) !== 200 when HTTP Tunneling'), 'proxyFailed'],
  [
    'a proxy that reaches nobody',
    new Error('Proxy response (502) !== 200 when HTTP Tunneling'),
    'proxyFailed',
  ],
  ['a proxy that is not there', coded('ECONNREFUSED', { address: '10.0.0.9', port: 3128 }), 'proxyFailed'],
  ['the same in Chromium’s words', new Error('net::ERR_PROXY_CONNECTION_FAILED'), 'proxyFailed'],
  ['a tunnel that is not made', new Error('net::ERR_TUNNEL_CONNECTION_FAILED'), 'proxyFailed'],
  ['what is no HTTP', coded('HPE_INVALID_CONSTANT'), 'notOpenWebUi'],
];

describe('what goes wrong below HTTP', () => {
  const url = new URL('https://chat.example.org/api/version');
  for (const [what, cause, code] of CASES) {
    it(`${what}: ${code}`, () => {
      assert.equal(networkFailure(new TypeError('fetch failed', { cause }), url), code);
    });
  }

  it('is looked for in causes of causes, not for ever', () => {
    const inner = new Error('outer', { cause: new Error('middle', { cause: coded('ENOTFOUND') }) });
    assert.equal(networkFailure(inner, url), 'dns');
    const endless = new Error('itself');
    endless.cause = endless;
    assert.equal(networkFailure(endless, url), 'connectionLost');
  });

  it('takes the port of the address for the server’s own', () => {
    const refused = coded('ECONNREFUSED', { port: 8080 });
    assert.equal(networkFailure(refused, new URL('http://localhost:8080/')), 'connectionRefused');
    assert.equal(networkFailure(refused, new URL('http://localhost/')), 'proxyFailed');
  });
});
