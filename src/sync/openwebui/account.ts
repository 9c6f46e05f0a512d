import * as v from 'valibot';
import type { OpenWebUiClient } from './client';
import { id } from './fields';

const account = v.object({ id });

/**
 * The user whom the server takes us for; of the answer only the id is read. From 0.12 keys may not ask.
 * @throws OpenWebUiError `endpointNotAllowed`, ...
 */
export async function readAccount(client: OpenWebUiClient): Promise<string | undefined> {
  const answer = v.safeParse(account, await client.getJson({ path: '/api/v1/auths/' }));
  return answer.success ? answer.output.id : undefined;
}
