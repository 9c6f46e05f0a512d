import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../../src/sample/server';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body. @throws SyntaxError when it is no JSON */
  json(): unknown;
}

/** Asks as the administrator; `credential` replaces his key, null sends none. */
export async function get(
  server: SampleServer,
  path: string,
  credential: string | null = server.apiKey,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
  });
  return answerOf(response);
}

export async function getJson<T>(server: SampleServer, path: string, credential?: string): Promise<T> {
  return (await get(server, path, credential)).json() as T;
}

export async function post(server: SampleServer, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}

/** Runs a check against a server that is closed afterwards, whatever happens. */
export async function withServer(
  options: SampleServerOptions,
  check: (server: SampleServer) => Promise<void>,
): Promise<void> {
  const server = await startSampleServer(options);
  try {
    await check(server);
  } finally {
    await server.close();
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}
