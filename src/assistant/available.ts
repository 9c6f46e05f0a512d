import { aiAccessOf } from '../store/instances/aiAccess';
import type { Instance } from '../store/instances/instance';
import type { Visible } from '../store/reading/limitedCopyTypes';

/** An instance that models may read. */
export interface AvailableInstance {
  readonly id: number;
  readonly name: string;
  /** Whether the words of its people are part of it. */
  readonly text: boolean;
}

/** A call of a tool that cannot be answered; the message is for the model and names the next step. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** What a model is told while nothing may be read. */
export const NOTHING_AVAILABLE =
  'No instance is available to AI. Ask the user to make one available: with the command "OpenWebUI Sync: Change AI Access..." in ' +
  'VS Code, or with "openwebui-sync instances ai-access NAME numbers" in a terminal. It is off by default and is not offered ' +
  'in the privacy modes Pseudonyms and Counts Only.';

/** Those that somebody made available, and no others. */
export function availableOf(instances: readonly Instance[]): readonly AvailableInstance[] {
  return instances.flatMap(({ id, name, ...agreed }) => {
    const access = aiAccessOf(agreed);
    return access === undefined ? [] : [{ id, name, text: access === 'text' }];
  });
}

/**
 * The available instances of these names or ids; all of them where nobody named any. One that is not available is told
 * like one that does not exist.
 * @throws ToolError
 */
export function chosenOf(
  available: readonly AvailableInstance[],
  names: readonly (string | number)[] = [],
): readonly AvailableInstance[] {
  if (available.length === 0) {
    throw new ToolError(NOTHING_AVAILABLE);
  }
  const chosen = names.map((name) => found(available, String(name)));
  return chosen.length === 0 ? available : available.filter((instance) => chosen.includes(instance));
}

/** Whether everything may still be read that could be read before. */
export function covers(now: readonly AvailableInstance[], before: readonly AvailableInstance[]): boolean {
  return before.every(({ id, text }) => now.some((one) => one.id === id && (one.text || !text)));
}

/** What the copies that tools read may hold. */
export function visibleOf(instances: readonly AvailableInstance[]): Visible {
  return { instances: instances.map(({ id, text }) => ({ id, text })) };
}

function found(available: readonly AvailableInstance[], wanted: string): AvailableInstance {
  const instance =
    available.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase()) ??
    available.find(({ id }) => String(id) === wanted.trim());
  if (instance === undefined) {
    throw new ToolError(
      `No instance "${wanted}" is available to AI. Available: ${available.map(({ name }) => `"${name}"`).join(', ')}.`,
    );
  }
  return instance;
}
