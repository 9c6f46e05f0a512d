import { createHash } from 'node:crypto';
import { ensureSalt } from '../../store/instances/instancesFile';

/**
 * Names the mirror of a data folder to warehouses, the same for as long as its `instances.json` is; tells nothing of the
 * salt that it is made of.
 */
export async function mirrorIdOf(root: string): Promise<string> {
  return createHash('sha256')
    .update(`warehouse\n${await ensureSalt(root)}`)
    .digest('hex')
    .slice(0, 32);
}
