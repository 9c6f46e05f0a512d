import type { FailureCode } from './failures';

/** Node's, undici's, OpenSSL's and Chromium's names of what goes wrong below HTTP; the first match holds. */
const NETWORK_RULES: readonly { readonly pattern: RegExp; readonly code: FailureCode }[] = [
  {
    pattern:
      /CERT_|_CERT|CERTIFICATE|UNABLE_TO_VERIFY|SELF_SIGNED|ALTNAME|ERR_CERT|ISSUER|CRL_|HOSTNAME_MISMATCH/,
    code: 'certificate',
  },
  { pattern: /PROXY_AUTH|^Proxy response \(407\)|^no reason$/, code: 'proxySignIn' },
  { pattern: /ERR_(?:PROXY|TUNNEL)_CONNECTION_FAILED|^Proxy response \(/, code: 'proxyFailed' },
  { pattern: /ENOTFOUND|EAI_|ENODATA|ERR_NAME_|ESERVFAIL/, code: 'dns' },
  // No `fetch` connects to ports that the web forbids, such as 1 or 9.
  { pattern: /ECONNREFUSED|ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT|^bad port$/, code: 'connectionRefused' },
  {
    pattern:
      /EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ERR_ADDRESS_UNREACHABLE|ERR_INTERNET_DISCONNECTED/,
    code: 'unreachable',
  },
  { pattern: /TIMEOUT|ETIMEDOUT|ERR_TIMED_OUT/, code: 'timeout' },
  { pattern: /EPROTO|ERR_SSL|WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/, code: 'noTls' },
  { pattern: /HPE_/, code: 'notOpenWebUi' },
];

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Chromium tells its names in the message only, undici a forbidden port and a proxy’s answer. */
const TOLD_IN_TEXT = /net::ERR_\w+|^bad port$|^Proxy response \(\d+\)/g;
/** Failures of a connection to another place than the server: to a proxy. */
const ON_THE_WAY: readonly FailureCode[] = ['connectionRefused', 'unreachable'];

/** What a rejected `fetch` or body means. Anything not known by name is a lost connection. */
export function networkFailure(error: unknown, url: URL): FailureCode {
  const parts = partsOf(error, 0);
  const names = parts.flatMap(namesOf);
  const code = NETWORK_RULES.find(({ pattern }) => names.some((name) => pattern.test(name)))?.code;
  if (code !== undefined && ON_THE_WAY.includes(code) && parts.some((part) => goesElsewhere(part, url))) {
    return 'proxyFailed';
  }
  return code ?? 'connectionLost';
}

/** An error, its parts and its causes, outermost first. */
function partsOf(error: unknown, depth: number): readonly Error[] {
  if (depth > 5 || !(error instanceof Error)) {
    return [];
  }
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error, ...[...inner, error.cause].flatMap((part) => partsOf(part, depth + 1))];
}

function namesOf(error: Error): readonly string[] {
  const { code } = error as { code?: unknown };
  if (code === undefined && error.message === '' && error.name === 'Error') {
    // For the requests made here, Node's `fetch` fails without any reason in one case only: status 407.
    return ['no reason'];
  }
  return [...(typeof code === 'string' ? [code] : []), ...(error.message.match(TOLD_IN_TEXT) ?? [])];
}

/** Whether a connection was tried to another port than the address has. */
function goesElsewhere(error: Error, url: URL): boolean {
  const { port } = error as { port?: unknown };
  const own = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  return typeof port === 'number' && port !== own;
}
