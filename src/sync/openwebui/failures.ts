/**
 * How far a failure reaches: `run` = nothing else of this instance will work, `stream` = this feed cannot
 * go on, `item` = only this one object.
 */
export type FailureReach = 'run' | 'stream' | 'item';

interface Failure {
  /** What is wrong and the next step. `{host}`, `{path}`, `{title}` and `{wait}` are filled in. */
  readonly message: string;
  readonly reach: FailureReach;
  /** Whether trying the same request again can help. */
  readonly isRetried: boolean;
}

/** Every way in which talking to a server can fail, each with its own sentence. */
export const FAILURES = {
  badAddress: {
    message: '“{host}” is no web address. Enter one such as https://chat.example.org.',
    reach: 'run',
    isRetried: false,
  },
  keyMissing: {
    message: 'No key is stored for {host}. Enter one.',
    reach: 'run',
    isRetried: false,
  },
  notOpenWebUi: {
    message: '{host} does not answer like an Open WebUI. Check the address.',
    reach: 'run',
    isRetried: false,
  },
  keyRejected: {
    message: '{host} rejects the key. Enter a new one.',
    reach: 'run',
    isRetried: false,
  },
  keyExpired: {
    message: 'The sign-in to {host} has ended. Sign in again.',
    reach: 'run',
    isRetried: false,
  },
  apiKeysOff: {
    message:
      'API keys are switched off on {host}. Ask its administrator to allow them, or sign in with e-mail and password.',
    reach: 'run',
    isRetried: false,
  },
  endpointNotAllowed: {
    message: '{host} does not allow this key to use {path}. Ask its administrator to allow that path.',
    reach: 'stream',
    isRetried: false,
  },
  notAdmin: {
    message: 'The account is not an administrator of {host}. Use an administrator’s key.',
    reach: 'run',
    isRetried: false,
  },
  chatAccessOff: {
    message:
      '{host} lets no administrator read chats. Switch ENABLE_ADMIN_CHAT_ACCESS on, or use an administrator’s key.',
    reach: 'stream',
    isRetried: false,
  },
  forbidden: {
    message: '{host} does not let this account read {path}. Ask its administrator.',
    reach: 'stream',
    isRetried: false,
  },
  refusedByProxy: {
    message: 'A proxy in front of {host} refuses the request. Ask its administrator to let {path} through.',
    reach: 'run',
    isRetried: false,
  },
  proxySignIn: {
    message: 'Your network’s proxy asks for a sign-in. Check the proxy settings.',
    reach: 'run',
    isRetried: false,
  },
  proxyFailed: {
    message: 'Your network’s proxy finds no way to {host}. Check the proxy settings, the network or VPN.',
    reach: 'run',
    isRetried: true,
  },
  notFound: {
    message: '{host} no longer has {path}. Sync again.',
    reach: 'item',
    isRetried: false,
  },
  unsupported: {
    message:
      'This version of Open WebUI on {host} has no {path}. It is looked for again with the next version.',
    reach: 'stream',
    isRetried: false,
  },
  rateLimited: {
    message: '{host} asks to come back {wait}. Sync again then.',
    reach: 'run',
    isRetried: true,
  },
  badRequest: {
    message: '{host} did not understand {path}. Update OpenWebUI Sync.',
    reach: 'stream',
    isRetried: false,
  },
  serverError: {
    message: '{host} reports an error of its own at {path}. See the server’s log.',
    reach: 'item',
    isRetried: true,
  },
  timeout: {
    message: '{host} did not answer in time. Try again, or raise the time-out in the settings.',
    reach: 'item',
    isRetried: true,
  },
  connectionLost: {
    message: 'The connection to {host} broke off. Try again.',
    reach: 'item',
    isRetried: true,
  },
  connectionRefused: {
    message: 'Nothing listens at {host}. Check the address and whether the server runs.',
    reach: 'run',
    isRetried: true,
  },
  unreachable: {
    message: 'There is no way to {host} from here. Check the network or VPN.',
    reach: 'run',
    isRetried: true,
  },
  dns: {
    message: 'The name {host} is not known. Check the address, the network or VPN.',
    reach: 'run',
    isRetried: true,
  },
  certificate: {
    message:
      'The certificate of {host} is not trusted. Have it renewed, or add its authority to the system’s certificates.',
    reach: 'run',
    isRetried: false,
  },
  noTls: {
    message: '{host} does not speak HTTPS. Check the address: http or https, and the port.',
    reach: 'run',
    isRetried: false,
  },
  redirected: {
    message: '{host} sends requests on to another address ({title}). Enter that address instead.',
    reach: 'run',
    isRetried: false,
  },
  htmlInsteadOfJson: {
    message: '{host} answered {path} with a web page (“{title}”). Check for a sign-in page in front of it.',
    reach: 'stream',
    isRetried: false,
  },
  malformedJson: {
    message: '{host} sent an incomplete answer for {path}. Try again.',
    reach: 'item',
    isRetried: true,
  },
  unexpectedAnswer: {
    message: '{host} answered {path} in a form that is not known. Update OpenWebUI Sync.',
    reach: 'stream',
    isRetried: false,
  },
  endlessList: {
    message: '{host} repeats the pages of {path} without end. Nothing was deleted; report it.',
    reach: 'stream',
    isRetried: false,
  },
  tooLarge: {
    message:
      '{host} answers {path} with more than 64 MB, which was left out. Shorten or delete it on the server.',
    reach: 'item',
    isRetried: false,
  },
  wrongPassword: {
    message: '{host} does not know this e-mail and password. Check both.',
    reach: 'run',
    isRetried: false,
  },
  secondFactor: {
    message: '{host} asks for a second factor. Use an API key instead.',
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

function describe(code: FailureCode, details: FailureDetails): string {
  const values: Readonly<Record<string, string>> = {
    host: details.host,
    path: details.path ?? 'this',
    title: details.title ?? 'no title',
    wait: details.retryAfterMs === undefined ? 'later' : `in ${waitText(details.retryAfterMs)}`,
  };
  return FAILURES[code].message.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`;
}
