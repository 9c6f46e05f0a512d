import type { Instance } from '../../store/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { PRIVACY } from '../../store/privacy';
import type { PersonHash } from './coordinatorTypes';
import { Identities } from './identities';

/** The identities of an instance's users for one run. */
export async function identitiesOf(
  { privacy = 'full' }: Instance,
  { writer, runId, hash }: { writer: MirrorWriter; runId: string; hash: PersonHash },
): Promise<Identities> {
  return new Identities({ rules: PRIVACY[privacy], hash, erased: await writer.erasedPeople(runId) });
}
