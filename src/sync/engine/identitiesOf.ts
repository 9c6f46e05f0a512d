import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { personHash } from '../../store/instances/people';
import { PRIVACY } from '../../store/instances/privacy';
import { Identities } from './identities';

/** The identities of an instance's users for one run. */
export async function identitiesOf(
  { id: instanceId, privacy = 'full' }: Instance,
  { writer, runId, salt }: { writer: MirrorWriter; runId: string; salt: () => Promise<string> },
): Promise<Identities> {
  const rules = PRIVACY[privacy];
  const erased = await writer.erasedPeople(runId);
  if (rules.keepsIdentities && erased.length === 0) {
    return new Identities({ rules, hash: (serverId) => serverId, erased });
  }
  const secret = await salt();
  return new Identities({ rules, hash: (serverId) => personHash(secret, instanceId, serverId), erased });
}
