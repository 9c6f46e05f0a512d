/** An answer of the server that is no success. */
export class ServerRefusal extends Error {
  constructor(
    readonly status: number,
    what: string,
    body: string,
  ) {
    super(`${what} answered ${status}: ${body.slice(0, 300)}`);
    this.name = 'ServerRefusal';
  }
}

export type Method = 'GET' | 'POST' | 'DELETE';

/**
 * The server's REST API as its own web client uses it, for one account. It changes things, which the product's client
 * never does, and shares no code with it.
 */
export class ServerApi {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /**
   * @param body JSON, or a form to upload
   * @throws ServerRefusal for anything but a JSON success
   */
  async call(method: Method, path: string, body?: unknown): Promise<unknown> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    if (!response.ok || !isJson) {
      throw new ServerRefusal(response.status, `${method} ${path}`, text);
    }
    return JSON.parse(text);
  }

  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown = {}): Promise<unknown> {
    return this.call('POST', path, body);
  }

  delete(path: string, body?: unknown): Promise<unknown> {
    return this.call('DELETE', path, body);
  }

  /** Tries the ways of several releases to say the same thing: the first that this one knows, or gets right. */
  async firstKnown(...calls: readonly (() => Promise<unknown>)[]): Promise<unknown> {
    let last: unknown;
    for (const call of calls) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ServerRefusal) || ![200, 404, 405, 422, 500].includes(error.status)) {
          throw error;
        }
        last = error;
      }
    }
    throw last;
  }
}
