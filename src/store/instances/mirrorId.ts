import { createHash } from 'node:crypto';
import { ensureSalt } from './instancesFile';

/**
 * Names the mirror of a data folder to others, the same for as long as its `instances.json` is, wherever the folder is moved
 * to. Nothing of the salt that it is made of can be found from it.
 * @param purpose whom it is told to: each gets another name @param digits of hexadecimal
 */
export async function mirrorIdFor(root: string, purpose: string, digits: number): Promise<string> {
  return createHash('sha256')
    .update(`${purpose}${await ensureSalt(root)}`)
    .digest('hex')
    .slice(0, digits);
}
