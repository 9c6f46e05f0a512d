import type { UserRecord } from '../../store/records';
import { readAccount } from '../openwebui/account';
import { isFailure } from '../openwebui/failures';
import type { StreamContext } from './runTypes';

/**
 * Notes which account syncs, so that reports can leave it out: a token names it, and where there is one administrator
 * it is his. Else the server is asked, in full runs only; a key that may not ask leaves what was noted before.
 * @param users everybody that the server has, already written
 */
export async function noteSyncAccount(context: StreamContext, users: readonly UserRecord[]): Promise<void> {
  const { client, identities, writer, runId } = context;
  const account =
    identities.ownerOf(client.accountOfToken) ??
    onlyAdministrator(users) ??
    identities.ownerOf(await askedFor(context));
  if (account !== undefined) {
    await writer.setSyncAccount(runId, account);
  }
}

/** Nobody else may list users. */
function onlyAdministrator(users: readonly UserRecord[]): string | undefined {
  const [first, second] = users.filter(({ role }) => role === 'admin');
  return second === undefined ? first?.remoteId : undefined;
}

async function askedFor({ client, request, log, instance }: StreamContext): Promise<string | undefined> {
  if (request.kind !== 'full') {
    return undefined;
  }
  try {
    return await readAccount(client);
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    log.debug(`${instance.name}: the account that syncs is not known: ${error.message}`);
    return undefined;
  }
}
