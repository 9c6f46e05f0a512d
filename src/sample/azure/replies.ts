/** What the service answers; no body: none at all. */
export interface AzureReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as ARM words it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): AzureReply {
  return { status, headers, body: { error: { code, message } } };
}

/** A query that Cost Management does not take. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
}

export function invalidQuery(reason: string): AzureReply {
  return refusal(400, 'BadRequest', `Invalid query definition: ${reason}.`);
}
