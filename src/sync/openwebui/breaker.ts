import { isFailure, type FailureCode, type OpenWebUiError } from './failures';

/** Requests in a row, each given up after its last try, after which nothing more is asked of a server. */
const MOST_IN_A_ROW = 5;

/** Failures that say that nobody answers; any other is an answer. */
const NOBODY_ANSWERS: readonly FailureCode[] = [
  'timeout',
  'connectionLost',
  'connectionRefused',
  'unreachable',
  'dns',
  'proxyFailed',
];
/** What proxies answer in place of a server that is down; the server's own exceptions are 500. */
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

/**
 * Keeps a client from asking a dead server again and again: after several requests in a row without any answer, each
 * further one fails at once. One client serves one run, so it never closes again.
 */
export class Breaker {
  #inARow = 0;
  #last: OpenWebUiError | undefined;

  /** Nothing more is to be asked. */
  get isOpen(): boolean {
    return this.#inARow >= MOST_IN_A_ROW;
  }

  /** @throws OpenWebUiError the last failure, now one of the whole run */
  check(): void {
    if (this.isOpen && this.#last !== undefined) {
      throw this.#last.reaching('run');
    }
  }

  noteAnswer(): void {
    this.#inARow = 0;
  }

  /** Notes what a request came to after its last try. What is no failure of the server does not count. */
  noteFailure(error: unknown): void {
    if (!isFailure(error)) {
      return;
    }
    if (!isSilence(error)) {
      this.noteAnswer();
      return;
    }
    this.#inARow += 1;
    this.#last = error;
  }
}

function isSilence({ code, status }: OpenWebUiError): boolean {
  return NOBODY_ANSWERS.includes(code) || (status !== undefined && GATEWAY_STATUSES.includes(status));
}
