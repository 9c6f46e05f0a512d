import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import { CancelledError, NoInstanceError } from '../errors';
import { chooseMany, chooseOne, type ChoiceItem } from '../quickInput';
import { instancesFromArguments } from './selection';

/** The instances that the arguments mean, else those that the user picks. @throws CancelledError, NoInstanceError */
export async function chooseInstances(
  args: readonly unknown[],
  instances: readonly Instance[],
  title: string,
): Promise<readonly Instance[]> {
  const meant = meantOrOnly(args, instances);
  if (meant.length > 0) {
    return meant;
  }
  const picked = await chooseMany(title, l10n.t('Which instances?'), itemsOf(instances));
  if (picked.length === 0) {
    throw new CancelledError();
  }
  return picked;
}

/** The one instance that the arguments mean, else the one that the user picks. @throws CancelledError, NoInstanceError */
export async function chooseInstance(
  args: readonly unknown[],
  instances: readonly Instance[],
  title: string,
): Promise<Instance> {
  const [meant] = meantOrOnly(args, instances);
  return meant ?? (await chooseOne(title, l10n.t('Which instance?'), itemsOf(instances)));
}

function meantOrOnly(args: readonly unknown[], instances: readonly Instance[]): readonly Instance[] {
  if (instances.length === 0) {
    throw new NoInstanceError();
  }
  const meant = instancesFromArguments(args, instances);
  return meant.length === 0 && instances.length === 1 ? instances : meant;
}

function itemsOf(instances: readonly Instance[]): ChoiceItem<Instance>[] {
  return instances.map((instance) => ({
    label: instance.name,
    description: instance.url,
    value: instance,
  }));
}
