import * as l10n from '@vscode/l10n';

/**
 * How far a failure reaches: `run` = nothing else of this instance will work, `stream` = this feed cannot
 * go on, `item` = only this one object.
 */
export type FailureReach = 'run' | 'stream' | 'item';

/** What stands for `{host}`, `{path}`, `{title}` and `{wait}` in a sentence. */
type FailurePlace = Readonly<Record<'host' | 'path' | 'title' | 'wait', string>>;

interface Failure {
  /** What is wrong and the next step. */
  readonly message: (on: FailurePlace) => string;
  readonly reach: FailureReach;
  /** Whether trying the same request again can help. */
  readonly isRetried: boolean;
}

/** Every way in which talking to a server can fail, each with its own sentence. */
export const FAILURES = {
  badAddress: {
    message: (on) => l10n.t('“{host}” is no web address. Enter one such as https://chat.example.org.', on),
    reach: 'run',
    isRetried: false,
  },
  keyMissing: {
    message: (on) => l10n.t('No key is stored for {host}. Enter one.', on),
    reach: 'run',
    isRetried: false,
  },
  notOpenWebUi: {
    message: (on) => l10n.t('{host} does not answer like an Open WebUI. Check the address.', on),
    reach: 'run',
    isRetried: false,
  },
  keyRejected: {
    message: (on) => l10n.t('{host} rejects the key. Enter a new one.', on),
    reach: 'run',
    isRetried: false,
  },
  keyExpired: {
    message: (on) => l10n.t('The sign-in to {host} has ended. Sign in again.', on),
    reach: 'run',
    isRetried: false,
  },
  apiKeysOff: {
    message: (on) =>
      l10n.t(
        'API keys are switched off on {host}. Ask its administrator to allow them, or sign in with e-mail and password.',
        on,
      ),
    reach: 'run',
    isRetried: false,
  },
  endpointNotAllowed: {
    message: (on) =>
      l10n.t('{host} does not allow this key to use {path}. Ask its administrator to allow that path.', on),
    reach: 'stream',
    isRetried: false,
  },
  notAdmin: {
    message: (on) => l10n.t('The account is not an administrator of {host}. Use an administrator’s key.', on),
    reach: 'run',
    isRetried: false,
  },
  chatAccessOff: {
    message: (on) =>
      l10n.t(
        '{host} lets no administrator read chats. Switch ENABLE_ADMIN_CHAT_ACCESS on, or use an administrator’s key.',
        on,
      ),
    reach: 'stream',
    isRetried: false,
  },
  forbidden: {
    message: (on) => l10n.t('{host} does not let this account read {path}. Ask its administrator.', on),
    reach: 'stream',
    isRetried: false,
  },
  refusedByProxy: {
    message: (on) =>
      l10n.t(
        'A proxy in front of {host} refuses the request. Ask its administrator to let {path} through.',
        on,
      ),
    reach: 'run',
    isRetried: false,
  },
  proxySignIn: {
    message: (on) => l10n.t('Your network’s proxy asks for a sign-in. Check the proxy settings.', on),
    reach: 'run',
    isRetried: false,
  },
  proxyFailed: {
    message: (on) =>
      l10n.t(
        'Your network’s proxy finds no way to {host}. Check the proxy settings, the network or VPN.',
        on,
      ),
    reach: 'run',
    isRetried: true,
  },
  notFound: {
    message: (on) => l10n.t('{host} no longer has {path}. Sync again.', on),
    reach: 'item',
    isRetried: false,
  },
  unsupported: {
    message: (on) =>
      l10n.t(
        'This version of Open WebUI on {host} has no {path}. It is looked for again with the next version.',
        on,
      ),
    reach: 'stream',
    isRetried: false,
  },
  rateLimited: {
    message: (on) => l10n.t('{host} asks to come back {wait}. Sync again then.', on),
    reach: 'run',
    isRetried: true,
  },
  badRequest: {
    message: (on) => l10n.t('{host} did not understand {path}. Update OpenWebUI Sync.', on),
    reach: 'stream',
    isRetried: false,
  },
  serverError: {
    message: (on) => l10n.t('{host} reports an error of its own at {path}. See the server’s log.', on),
    reach: 'item',
    isRetried: true,
  },
  timeout: {
    message: (on) =>
      l10n.t('{host} did not answer in time. Try again, or raise the time-out in the settings.', on),
    reach: 'item',
    isRetried: true,
  },
  connectionLost: {
    message: (on) => l10n.t('The connection to {host} broke off. Try again.', on),
    reach: 'item',
    isRetried: true,
  },
  connectionRefused: {
    message: (on) => l10n.t('Nothing listens at {host}. Check the address and whether the server runs.', on),
    reach: 'run',
    isRetried: true,
  },
  unreachable: {
    message: (on) => l10n.t('There is no way to {host} from here. Check the network or VPN.', on),
    reach: 'run',
    isRetried: true,
  },
  dns: {
    message: (on) => l10n.t('The name {host} is not known. Check the address, the network or VPN.', on),
    reach: 'run',
    isRetried: true,
  },
  certificate: {
    message: (on) =>
      l10n.t(
        'The certificate of {host} is not trusted. Have it renewed, or add its authority to the system’s certificates.',
        on,
      ),
    reach: 'run',
    isRetried: false,
  },
  noTls: {
    message: (on) =>
      l10n.t('{host} does not speak HTTPS. Check the address: http or https, and the port.', on),
    reach: 'run',
    isRetried: false,
  },
  redirected: {
    message: (on) =>
      l10n.t('{host} sends requests on to another address ({title}). Enter that address instead.', on),
    reach: 'run',
    isRetried: false,
  },
  htmlInsteadOfJson: {
    message: (on) =>
      l10n.t(
        '{host} answered {path} with a web page (“{title}”). Check for a sign-in page in front of it.',
        on,
      ),
    reach: 'stream',
    isRetried: false,
  },
  malformedJson: {
    message: (on) => l10n.t('{host} sent an incomplete answer for {path}. Try again.', on),
    reach: 'item',
    isRetried: true,
  },
  unexpectedAnswer: {
    message: (on) => l10n.t('{host} answered {path} in a form that is not known. Update OpenWebUI Sync.', on),
    reach: 'stream',
    isRetried: false,
  },
  endlessList: {
    message: (on) =>
      l10n.t('{host} repeats the pages of {path} without end. Nothing was deleted; report it.', on),
    reach: 'stream',
    isRetried: false,
  },
  tooLarge: {
    message: (on) =>
      l10n.t(
        '{host} answers {path} with more than 64 MB, which was left out. Shorten or delete it on the server.',
        on,
      ),
    reach: 'item',
    isRetried: false,
  },
  wrongPassword: {
    message: (on) => l10n.t('{host} does not know this e-mail and password. Check both.', on),
    reach: 'run',
    isRetried: false,
  },
  secondFactor: {
    message: (on) => l10n.t('{host} asks for a second factor. Use an API key instead.', on),
    reach: 'run',
    isRetried: false,
  },
} as const satisfies Record<string, Failure>;

export type FailureCode = keyof typeof FAILURES;

/** What fills the placeholders of a failure's sentence; never a body, never a secret. */
export interface FailureDetails {
  readonly host: string;
  readonly path?: string | undefined;
  /** Title of a web page, or the origin of a redirect. */
  readonly title?: string | undefined;
  readonly status?: number | undefined;
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number | undefined;
  /** When it differs from that of the code. */
  readonly reach?: FailureReach | undefined;
  readonly cause?: unknown;
}

/** The one error of the client: a typed code, and a message that is the sentence for the user. */
export class OpenWebUiError extends Error {
  override readonly name = 'OpenWebUiError';
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly reach: FailureReach;
  readonly #details: FailureDetails;

  constructor(
    readonly code: FailureCode,
    details: FailureDetails,
  ) {
    super(describe(code, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.reach = details.reach ?? FAILURES[code].reach;
    this.#details = details;
  }

  /** The same failure, as one that reaches farther. */
  reaching(reach: FailureReach): OpenWebUiError {
    return new OpenWebUiError(this.code, { ...this.#details, reach });
  }

  /** The same failure, told of another path: one without what must not be kept. */
  at(path: string): OpenWebUiError {
    return new OpenWebUiError(this.code, { ...this.#details, path, cause: this });
  }

  get isRetried(): boolean {
    return FAILURES[this.code].isRetried;
  }
}

/** Whether `error` is the client's error, of that code when one is given. */
export function isFailure(error: unknown, ...codes: readonly FailureCode[]): error is OpenWebUiError {
  return error instanceof OpenWebUiError && (codes.length === 0 || codes.includes(error.code));
}

function describe(code: FailureCode, { host, path, title, retryAfterMs }: FailureDetails): string {
  return FAILURES[code].message({
    host,
    path: path ?? l10n.t('this'),
    title: title ?? l10n.t('no title'),
    wait: retryAfterMs === undefined ? l10n.t('later') : waitText(retryAfterMs),
  });
}

function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes <= 1 ? l10n.t('in a minute') : l10n.t('in {0} minutes', minutes);
}
