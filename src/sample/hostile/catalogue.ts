import type { SampleServer } from '../server';
import { ANSWER_BEHAVIOURS } from './answers';
import type { Aim, HostileBehaviour } from './behaviour';
import { SERVER_BEHAVIOURS } from './server';
import { WIRE_BEHAVIOURS } from './wire';

/** Everything that a hostile server does, by name. */
export const HOSTILE = {
  ...WIRE_BEHAVIOURS,
  ...ANSWER_BEHAVIOURS,
  ...SERVER_BEHAVIOURS,
} as const satisfies Record<string, HostileBehaviour>;

export type HostileName = keyof typeof HOSTILE;

/** Makes a sample server hostile. @returns ends it, where it does not end by itself */
export function turnHostile(server: SampleServer, name: HostileName, aim: Aim = {}): () => void {
  return HOSTILE[name].start(server, aim);
}
