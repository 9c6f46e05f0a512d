import type { Instance } from '../store/instances/instance';
import { CliError, EXIT } from './exitCodes';

/** What is said where none was added. */
export const NO_INSTANCE = 'There is no instance yet. Add one: instances add NAME --url URL --key-env VAR';

/** What a person can name an instance by. */
export type NamedInstance = Pick<Instance, 'id' | 'name'>;

/** The instance of that name, without regard to case. @throws CliError naming those that exist. */
export function instanceNamed<I extends NamedInstance>(instances: readonly I[], name: string): I {
  const found = instances.find((instance) => instance.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new CliError(`There is no instance "${name}". ${existing(instances)}`, EXIT.usage);
  }
  return found;
}

/**
 * What `sync` is about: the named instance, all enabled ones, or, without a word, the only one.
 * @throws CliError when that is no clear choice.
 */
export function instancesToSync(
  instances: readonly Instance[],
  name: string | undefined,
  isAll: boolean,
): readonly Instance[] {
  if (name !== undefined && isAll) {
    throw new CliError('Give either a name or --all, not both.', EXIT.usage);
  }
  if (name !== undefined) {
    return [instanceNamed(instances, name)];
  }
  const enabled = instances.filter((instance) => instance.enabled);
  if (enabled.length === 0) {
    throw new CliError(
      instances.length === 0 ? NO_INSTANCE : 'All instances are switched off. Name one to sync it.',
    );
  }
  if (!isAll && enabled.length > 1) {
    throw new CliError(`Name an instance, or use --all. ${existing(enabled)}`, EXIT.usage);
  }
  return enabled;
}

function existing(instances: readonly NamedInstance[]): string {
  return instances.length === 0
    ? 'There are none yet.'
    : `There ${instances.length === 1 ? 'is' : 'are'} ${instances.map(({ name }) => name).join(', ')}.`;
}
