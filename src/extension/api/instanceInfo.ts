import type { InstanceInfo } from '../../../api/openwebui-sync';
import { instanceViews, type InstanceView, type MirrorView } from '../views/instanceView';
import { frozen } from './plainData';

/** What other extensions learn of the instances. */
export function instanceInfos(view: MirrorView): readonly InstanceInfo[] {
  return frozen(instanceViews(view).map(infoOf));
}

function infoOf({ instance: { id, name, enabled }, state, status }: InstanceView): InstanceInfo {
  const lastSync = status?.lastSyncEpoch;
  return {
    id,
    name,
    enabled,
    state,
    ...(lastSync === undefined ? {} : { lastSync: lastSync * 1000 }),
    ...(status === undefined
      ? {}
      : { counts: { users: status.users, chats: status.chats, messages: status.messages } }),
  };
}
