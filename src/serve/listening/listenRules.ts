/** Where a server listens, and with whose token. */
export interface ListenWish {
  /** Name or address of the interface. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** A token that a person chose; absent: one is made at the start. */
  readonly token?: string | undefined;
  /** Somebody said that other machines may connect. */
  readonly allowsRemote: boolean;
}

/** Characters of a token that a person chooses. */
export const LEAST_TOKEN = 32;

/** Names under which this machine alone is reached. */
export const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '::1'] as const;

/** Whether an interface is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host.toLowerCase());
  return LOOPBACK_NAMES.some((known) => known === name) || /^127(?:\.\d{1,3}){3}$/u.test(name);
}

/** `[::1]` as `::1`. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1');
}

/** Why a server must not listen like this, as a sentence with the next step; undefined where it may. */
export function refusalOf({ host, token, allowsRemote }: Omit<ListenWish, 'port'>): string | undefined {
  if (token !== undefined && !isUsable(token)) {
    return `The token is too weak or cannot be sent: use at least ${LEAST_TOKEN} letters, digits and signs without spaces, such as those of: openssl rand -hex 32`;
  }
  if (isLoopback(host)) {
    return undefined;
  }
  if (!allowsRemote) {
    return `Other machines could connect to ${host}. Leave --host out to listen on this machine alone, or add --allow-remote and a token of your own with --token-env or --token-file.`;
  }
  return token === undefined
    ? `Listening on ${host} needs a token of your own: name it with --token-env VAR or --token-file PATH.`
    : undefined;
}

/** What fits in a header and is too long to be guessed. */
function isUsable(token: string): boolean {
  return token.length >= LEAST_TOKEN && /^[\x21-\x7e]+$/u.test(token);
}
