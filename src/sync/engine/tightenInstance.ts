import type { Instance } from '../../store/instances/instance';
import type { PurgeResult } from '../../store/writeResults';
import type { StoreWriter } from '../../store/mirrorWriter';
import type { PrivacyMode } from '../../store/instances/privacy';

/**
 * Puts a stricter privacy mode in force and removes what it excludes. The instance's own record comes first, so that
 * no sync writes again what is being removed; it goes back when the removal fails. Call it under the sync lock.
 * @param save keeps the mode with the instance
 */
export async function tightenInstance(
  writer: StoreWriter,
  { id, privacy = 'full' }: Instance,
  mode: PrivacyMode,
  save: (mode: PrivacyMode) => Promise<unknown>,
): Promise<PurgeResult> {
  await save(mode);
  try {
    return await writer.tightenPrivacy(id, mode);
  } catch (error) {
    await save(privacy);
    throw error;
  }
}
