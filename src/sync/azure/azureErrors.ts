import * as l10n from '@vscode/l10n';

/** Why Azure did not give what was asked for. */
export type AzureFailure =
  /** What was typed is no scope. */
  | 'scope'
  /** Nobody is signed in, or the sign-in failed. */
  | 'signIn'
  /** 401: the sign-in is refused, or charges are hidden. */
  | 'refused'
  /** 403: a role is missing. */
  | 'forbidden'
  /** 404: there is no such scope or resource. */
  | 'unknown'
  /** 400 */
  | 'query'
  /** 429 */
  | 'throttled'
  /** 5xx */
  | 'server'
  | 'network'
  /** An answer that is not what Cost Management gives: a page of a proxy, missing columns, broken JSON. */
  | 'answer'
  /** Rows that do not add up to Azure's own total. */
  | 'mismatch';

/** Names of the classes, by which errors are known: the bundle with the SDK holds classes of its own. */
const ANY = ['AzureError', 'AzureSignInError', 'AzureThrottledError'];

function isNamed(error: unknown, names: readonly string[]): boolean {
  return Object.prototype.toString.call(error) === '[object Error]' && names.includes((error as Error).name);
}

/** What went wrong with Azure; the message is a sentence for people with the next step. */
export class AzureError extends Error {
  override readonly name: string = 'AzureError';

  /** Azure's own words, where it has any. */
  readonly detail: string | undefined;

  constructor(
    readonly kind: AzureFailure,
    message: string,
    { detail, ...options }: ErrorOptions & { readonly detail?: string } = {},
  ) {
    super(message, options);
    this.detail = detail;
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, ANY);
  }
}

/** Nobody is signed in, or the sign-in failed: a person has to act. */
export class AzureSignInError extends AzureError {
  override readonly name = 'AzureSignInError';

  constructor(message: string, options?: ErrorOptions) {
    super('signIn', message, options);
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, ['AzureSignInError']);
  }
}

/** Azure asks for a longer wait than is waited for. */
export class AzureThrottledError extends AzureError {
  override readonly name = 'AzureThrottledError';

  /** @param until ms since 1970: not worth asking before */
  constructor(readonly until: number) {
    super(
      'throttled',
      l10n.t(
        'Azure is throttling until {0} UTC. What was read before stays; the next sync goes on.',
        new Date(until).toISOString().slice(0, 16).replace('T', ' '),
      ),
    );
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    return isNamed(error, ['AzureThrottledError']);
  }
}
