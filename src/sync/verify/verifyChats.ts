import type { KnownChat } from '../../store/mirrorFacts';
import type { ChatListRecord } from '../../store/records';
import { compareChats, isUnchanged } from '../engine/changeDetection';
import { mapConcurrent } from '../engine/concurrency';
import { userChatList } from '../engine/streams/userChatList';
import { chatExists } from '../openwebui/chats';
import { collect } from '../openwebui/paging';
import { compareLists } from './compareLists';
import type { VerifyContext } from './verifyContext';
import type { VerifyArea } from './verifyTypes';

/** A chat that both sides have and that looks the same in its owner's list. */
export interface EqualChat {
  readonly userRemoteId: string;
  readonly listed: ChatListRecord;
}

/** The comparison of some users' chats, and what is worth a closer look. */
export interface VerifiedChats {
  readonly area: VerifyArea;
  readonly equal: readonly EqualChat[];
}

interface OneUser {
  readonly userRemoteId: string;
  readonly listed: readonly ChatListRecord[];
  readonly known: readonly KnownChat[];
}

/** Compares the chats of users by their lists: which there are, with which title and `updated_at`. */
export async function verifyChats(context: VerifyContext, users: readonly string[]): Promise<VerifiedChats> {
  const { writer, runId, client, policy, differences, progress } = context;
  let done = 0;
  const sides = await mapConcurrent(users, policy.concurrency, async (userRemoteId) => {
    const read = await readOne(context, userRemoteId);
    done += 1;
    progress({ stream: 'chats', done, total: users.length });
    return read;
  });
  const area = await compareLists(
    'chats',
    {
      server: sides.flatMap(({ listed }) => listed.map((chat) => toObject(context, chat))),
      mirror: new Map(
        sides.flatMap(({ known }) => living(known)).map(({ remoteId }) => [remoteId, undefined]),
      ),
      held: await writer.heldDeletions(runId, 'chats'),
      exists: (remoteId) => chatExists(client, remoteId),
    },
    differences,
  );
  return { area, equal: sides.flatMap((side) => equalOf(context, side)) };
}

async function readOne(context: VerifyContext, userRemoteId: string): Promise<OneUser> {
  const { writer, runId } = context;
  const known = await writer.knownChats(runId, userRemoteId);
  const { rows } = await collect(userChatList(context, userRemoteId));
  return { userRemoteId, listed: rows, known };
}

/** Notes chats that changed since they were fetched. @returns those that did not */
function equalOf(context: VerifyContext, { userRemoteId, listed, known }: OneUser): readonly EqualChat[] {
  const there = living(known);
  const ids = new Set(there.map(({ remoteId }) => remoteId));
  const isEqual = (chat: KnownChat, row: ChatListRecord): boolean =>
    isUnchanged({ ...chat, isSettled: true }, row, context.privacy.keepsText);
  const changed = compareChats(listed, there, isEqual).toFetch.filter(({ remoteId }) => ids.has(remoteId));
  for (const row of changed) {
    const { label } = toObject(context, row);
    context.differences.add({ stream: 'chats', remoteId: row.remoteId, label, kind: 'differs' });
    ids.delete(row.remoteId);
  }
  // Of a chat that came twice one look is enough.
  return listed.filter(({ remoteId }) => ids.delete(remoteId)).map((row) => ({ userRemoteId, listed: row }));
}

function living(known: readonly KnownChat[]): readonly KnownChat[] {
  return known.filter((chat) => !chat.isDeleted);
}

function toObject({ privacy }: VerifyContext, { remoteId, title }: ChatListRecord) {
  return { id: remoteId, label: privacy.keepsText ? title : undefined };
}
