import * as l10n from '@vscode/l10n';
import type { ChangeCounts } from '../../store/runs';
import { mapConcurrent } from '../engine/concurrency';
import { secondsOf } from '../engine/syncTypes';
import { fetchChat } from '../openwebui/chats';
import { isFailure } from '../openwebui/failures';
import { countOf } from '../words';
import type { EqualChat } from './verifyChats';
import type { VerifyContext } from './verifyContext';
import type { VerifyArea } from './verifyTypes';

/** The comparison of whole chats, message by message. */
export interface VerifiedMessages {
  readonly area: VerifyArea;
  readonly sampledChats: number;
}

/**
 * Fetches chats and writes them to the throw-away copy: what that changes is the difference. Chats that cannot be
 * fetched are counted as a problem, not as a difference.
 */
export async function verifyMessages(
  context: VerifyContext,
  chats: readonly EqualChat[],
): Promise<VerifiedMessages> {
  const { policy, differences, privacy, progress } = context;
  let server = 0;
  let mirror = 0;
  let unread = 0;
  let done = 0;
  await mapConcurrent(chats, policy.concurrency, async (chat) => {
    const changes = await changesOf(context, chat);
    done += 1;
    progress({ stream: 'messages', done, total: chats.length });
    if (changes === undefined) {
      unread += 1;
      return;
    }
    const { seen, inserted, restored, deleted } = changes.messages;
    server += seen;
    mirror += seen - inserted - restored + deleted;
    if (isChange(changes.chats) || isChange(changes.messages)) {
      const { remoteId, title } = chat.listed;
      const label = privacy.keepsText ? title : undefined;
      differences.add({ stream: 'messages', remoteId, label, kind: 'differs' });
    }
  });
  const problem = unread === 0 ? undefined : l10n.t('{0} could not be read.', countOf(unread, 'chat'));
  return { area: { stream: 'messages', server, mirror, problem }, sampledChats: chats.length - unread };
}

/** What writing a chat as it is on the server changes; undefined when it cannot be had. */
async function changesOf(
  { client, writer, runId, clock }: VerifyContext,
  { userRemoteId, listed }: EqualChat,
): Promise<{ readonly chats: ChangeCounts; readonly messages: ChangeCounts } | undefined> {
  const { remoteId } = listed;
  try {
    const { body, serverNow } = await fetchChat(client, remoteId);
    const fetchedAt = secondsOf(clock);
    const chat = { body, remoteId, userRemoteId, listed, fetchedAt, serverNow };
    const result = await writer.applyChat(runId, chat);
    return result.outcome === 'applied' ? result : undefined;
  } catch (error) {
    if (isFailure(error) && error.reach === 'item') {
      return undefined;
    }
    throw error;
  }
}

function isChange({ inserted, updated, deleted, restored }: ChangeCounts): boolean {
  return inserted + updated + deleted + restored > 0;
}
