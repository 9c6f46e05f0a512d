import type { GroupRecord } from '../../../store/records';
import { groupExists, readGroups } from '../../openwebui/groups';
import { idsIn, markUnlisted } from '../deletions';
import type { Identities } from '../identities';
import type { StreamDefinition } from '../runTypes';
import { isRareStreamDue } from './due';

/** Groups of users with their members. Comes after the users, to whom its rows refer. */
export const groupsStream: StreamDefinition = {
  streams: ['groups'],
  isDue: (context) => isRareStreamDue(context, 'groups'),

  async sync(context) {
    const { client, identities, writer, runId, ledger, states, serverStart, roster } = context;
    const known = await writer.knownIds(runId, 'groups');
    const { rows, skipped } = await readGroups(client, roster?.alive.size);
    const groups = rows.map((group) => withMembers(group, identities));
    ledger.count('groups', await writer.applyGroups(runId, groups));
    context.progress(rows.length, rows.length);
    const exists = (remoteId: string): Promise<boolean> => groupExists(client, remoteId);
    await markUnlisted(context, { stream: 'groups', known, listed: idsIn(rows), skipped, exists });
    await states.change('groups', { lastCompleteAt: serverStart });
  },
};

function withMembers(group: GroupRecord, identities: Identities): GroupRecord {
  const { memberRemoteIds } = group;
  return memberRemoteIds === undefined
    ? group
    : { ...group, memberRemoteIds: identities.mirrored(memberRemoteIds) };
}
