import type { Instance } from '../../store/instances/instance';

/**
 * The instances that a command's arguments mean: tree lines (one, or the selection as second argument), ids or names.
 * An empty list means that nobody said.
 */
export function instancesFromArguments(
  args: readonly unknown[],
  instances: readonly Instance[],
): readonly Instance[] {
  const [first, selection] = args;
  const meant = Array.isArray(selection) && selection.length > 0 ? selection : [first].flat();
  const chosen = new Set(meant.map((argument: unknown) => findInstance(argument, instances)));
  return instances.filter((instance) => chosen.has(instance));
}

function findInstance(argument: unknown, instances: readonly Instance[]): Instance | undefined {
  if (typeof argument === 'string') {
    const name = argument.toLowerCase();
    return instances.find((instance) => instance.name.toLowerCase() === name);
  }
  const id = idOf(argument);
  return instances.find((instance) => instance.id === id);
}

function idOf(argument: unknown): unknown {
  if (typeof argument !== 'object' || argument === null) {
    return argument;
  }
  return 'instanceId' in argument ? argument.instanceId : undefined;
}
