import type { UserRecord } from '../../store/records';
import type { OpenWebUiClient } from '../openwebui/client';
import { ifSupported } from '../openwebui/feeds';
import { collect } from '../openwebui/paging';
import { readAllUsers, userExists, userPages } from '../openwebui/users';
import { compareLists } from './compareLists';
import type { VerifyContext } from './verifyContext';
import type { VerifyArea } from './verifyTypes';

/** The comparison of the users, and those who are on both sides: whose chats can be compared. */
export interface VerifiedUsers {
  readonly area: VerifyArea;
  /** Ids in the mirror, sorted. */
  readonly common: readonly string[];
}

/** Compares all users by their ids; who was erased is on neither side. */
export async function verifyUsers(context: VerifyContext): Promise<VerifiedUsers> {
  const { client, writer, runId, identities, privacy, differences } = context;
  const listed = (await readUsers(client)).filter(({ remoteId }) => !identities.isErased(remoteId));
  const server = listed.map(({ remoteId, name }) => ({
    id: identities.mirrorId(remoteId),
    label: privacy.keepsNames ? name : undefined,
  }));
  const living = (await writer.knownUsers(runId)).filter((user) => !user.isDeleted);
  const mirror = new Map(living.map(({ remoteId }) => [remoteId, undefined]));
  const held = await writer.heldDeletions(runId, 'users');
  const exists = async (id: string): Promise<boolean> => {
    const serverId = identities.serverId(id);
    return serverId !== undefined && (await userExists(client, serverId));
  };
  const area = await compareLists('users', { server, mirror, held, exists }, differences);
  return {
    area,
    common: server
      .map(({ id }) => id)
      .filter((id) => mirror.has(id))
      .sort(),
  };
}

async function readUsers(client: OpenWebUiClient): Promise<readonly UserRecord[]> {
  const page = (await ifSupported(() => readAllUsers(client))) ?? (await collect(userPages(client, 'email')));
  return page.rows;
}
