import { mirrorIdFor } from '../../store/instances/mirrorId';

const DIGITS = 32;

/** Names the mirror of a data folder to warehouses. */
export function mirrorIdOf(root: string): Promise<string> {
  return mirrorIdFor(root, 'warehouse\n', DIGITS);
}
