/** A request in the server's log. */
export interface LoggedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With the leading `?`, or empty. */
  readonly query: string;
  /** 0 while no answer was sent, and for ever when the connection was cut or left hanging. */
  status: number;
}

/** Which requests go wrong: a text means "the path begins with it". */
export type FaultMatcher<R extends LoggedRequest = LoggedRequest> =
  string | RegExp | ((request: R) => boolean);

type Headers = Readonly<Record<string, string>>;

/** What happens instead of, or to, the right answer. */
export type Fault =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** Text is sent as it is, anything else as JSON. */
      readonly body?: unknown;
      /** A function is asked at each answer. */
      readonly headers?: Headers | (() => Headers);
    }
  /** The web app's page. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection is cut. */
  | { readonly kind: 'reset' }
  /** Nothing more comes: before the headers, after them, or in the middle of the body. */
  | { readonly kind: 'hang'; readonly after?: 'request' | 'headers' | 'half' }
  /** The right answer, cut. @see cut */
  | { readonly kind: 'truncate'; readonly cut: 'announced' | 'silent' }
  /** The right answer, a few bytes at a time. */
  | { readonly kind: 'drip'; readonly chunkBytes: number; readonly everyMs: number }
  /** The right answer and then so many bytes of blanks, whose number was told before or was not. */
  | { readonly kind: 'flood'; readonly bytes: number; readonly announced: boolean }
  /** The right answer to the request with other parameters. */
  | { readonly kind: 'misread'; readonly query: Readonly<Record<string, string>> }
  /** The right answer's JSON, changed; other answers stay. */
  | { readonly kind: 'rewrite'; readonly change: (body: unknown) => unknown }
  /** The same with its text, for what no JavaScript value can say. */
  | { readonly kind: 'retext'; readonly change: (text: string) => string }
  /** The right answer, just after something happened on the server; a promise is waited for. */
  | { readonly kind: 'meanwhile'; readonly act: (request: LoggedRequest) => unknown };

interface PlannedFault<R extends LoggedRequest> {
  readonly matches: (request: R) => boolean;
  readonly fault: Fault;
  left: number;
}

/** Faults that wait for their requests; the first planned comes first. */
export class FaultPlan<R extends LoggedRequest = LoggedRequest> {
  #planned: PlannedFault<R>[] = [];

  /** @returns takes the fault back */
  add(matcher: FaultMatcher<R>, fault: Fault, times: number): () => void {
    const planned: PlannedFault<R> = { matches: asPredicate(matcher), fault, left: times };
    this.#planned.push(planned);
    return () => {
      this.#planned = this.#planned.filter((entry) => entry !== planned);
    };
  }

  take(request: R): Fault | undefined {
    const planned = this.#planned.find((entry) => entry.left > 0 && entry.matches(request));
    if (planned !== undefined) {
      planned.left -= 1;
    }
    return planned?.fault;
  }
}

function asPredicate<R extends LoggedRequest>(matcher: FaultMatcher<R>): (request: R) => boolean {
  if (typeof matcher === 'function') {
    return matcher;
  }
  return typeof matcher === 'string'
    ? (request): boolean => request.path.startsWith(matcher)
    : (request): boolean => matcher.test(request.path + request.query);
}
