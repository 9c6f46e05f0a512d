import type { HttpClient, HttpHeaders, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/** Where Azure's clouds answer. */
const AZURE_ORIGINS: ReadonlySet<string> = new Set([
  'https://management.azure.com',
  'https://management.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
]);

/** Sends what the SDK asks of Azure to the sample service instead; the SDK refuses plain http itself. */
export class SampleAzureClient implements HttpClient {
  /** Requests to anywhere else: none may ever be sent, for they carry the token. */
  readonly strays: string[] = [];

  /** @param originHeader tells the service which address was asked */
  constructor(
    private readonly url: string,
    private readonly originHeader: string,
  ) {}

  readonly sendRequest = async (request: PipelineRequest): Promise<PipelineResponse> => {
    const asked = new URL(request.url);
    if (!AZURE_ORIGINS.has(asked.origin)) {
      this.strays.push(request.url);
      throw failure(`Nothing answers at ${asked.origin}`, 'ENOTFOUND', request);
    }
    const signal = signalOf(request);
    try {
      const response = await fetch(this.url + request.url.slice(asked.origin.length), {
        method: request.method,
        headers: { ...request.headers.toJSON(), [this.originHeader]: asked.origin },
        redirect: 'manual',
        signal,
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      });
      return {
        request,
        status: response.status,
        headers: new PlainHeaders(response.headers),
        bodyAsText: await response.text(),
      };
    } catch (error) {
      throw signal.aborted ? aborted() : failure(messageOf(error), codeOf(error), request);
    }
  };
}

/** The request's own signal and its time-out together; the SDK's pipeline has made any signal a native one. */
function signalOf({ abortSignal, timeout }: PipelineRequest): AbortSignal {
  return AbortSignal.any([
    ...(abortSignal instanceof AbortSignal ? [abortSignal] : []),
    ...(timeout > 0 ? [AbortSignal.timeout(timeout)] : []),
  ]);
}

/** As the SDK's own client throws it. */
function aborted(): Error {
  return Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' });
}

function failure(message: string, code: string, request: PipelineRequest): Error {
  return Object.assign(new Error(message), { name: 'RestError', code, request });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'REQUEST_SEND_ERROR';
}

/** Headers of an answer in the SDK's shape, without loading the SDK. */
class PlainHeaders implements HttpHeaders {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = new Headers(headers);
  }

  get(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }

  has(name: string): boolean {
    return this.#headers.has(name);
  }

  set(name: string, value: string | number | boolean): void {
    this.#headers.set(name, String(value));
  }

  delete(name: string): void {
    this.#headers.delete(name);
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this.#headers);
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.#headers.entries();
  }
}
