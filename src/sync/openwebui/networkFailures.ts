import type { FailureCode } from './failures';

/** Node's, undici's, OpenSSL's and Chromium's names of what goes wrong below HTTP; the first match holds. */
const NETWORK_RULES: readonly { readonly pattern: RegExp; readonly code: FailureCode }[] = [
  {
    pattern:
      /CERT_|_CERT|CERTIFICATE|UNABLE_TO_VERIFY|SELF_SIGNED|ALTNAME|ERR_CERT|ISSUER|CRL_|HOSTNAME_MISMATCH/,
    code: 'certificate',
  },
  { pattern: /PROXY_AUTH/, code: 'proxySignIn' },
  { pattern: /ENOTFOUND|EAI_|ENODATA|ERR_NAME_|ESERVFAIL/, code: 'dns' },
  // No `fetch` connects to ports that the web forbids, such as 1 or 9.
  { pattern: /ECONNREFUSED|ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT|^bad port$/, code: 'connectionRefused' },
  {
    pattern:
      /EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ERR_ADDRESS_UNREACHABLE|ERR_INTERNET_DISCONNECTED|ERR_(?:PROXY|TUNNEL)_CONNECTION_FAILED/,
    code: 'unreachable',
  },
  { pattern: /TIMEOUT|ETIMEDOUT|ERR_TIMED_OUT/, code: 'timeout' },
  { pattern: /EPROTO|ERR_SSL|WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH/, code: 'noTls' },
  { pattern: /HPE_/, code: 'notOpenWebUi' },
];

/** Chromium tells its names in the message only, undici a forbidden port. */
const TOLD_IN_TEXT = /net::ERR_\w+|^bad port$/g;

/** What a rejected `fetch` or body means. Anything not known by name is a lost connection. */
export function networkFailure(error: unknown): FailureCode {
  const names = namesOf(error, 0);
  for (const { pattern, code } of NETWORK_RULES) {
    if (names.some((name) => pattern.test(name))) {
      return code;
    }
  }
  return 'connectionLost';
}

/** What an error, its parts and its causes are called, outermost first. */
function namesOf(error: unknown, depth: number): string[] {
  if (depth > 5 || !(error instanceof Error)) {
    return [];
  }
  const { code } = error as { code?: unknown };
  const names = typeof code === 'string' ? [code] : [];
  names.push(...(error.message.match(TOLD_IN_TEXT) ?? []));
  if (error instanceof AggregateError) {
    names.push(...error.errors.flatMap((part) => namesOf(part, depth + 1)));
  }
  return [...names, ...namesOf(error.cause, depth + 1)];
}
