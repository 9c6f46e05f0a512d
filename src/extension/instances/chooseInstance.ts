import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { CancelledError } from '../errors';
import { instancesFromArguments } from './selection';

const NO_INSTANCE = 'There is no instance yet. Add one first.';

interface InstanceItem extends vscode.QuickPickItem {
  readonly instance: Instance;
}

/** The instances that the arguments mean, else those that the user picks. @throws CancelledError, or Error without an instance. */
export async function chooseInstances(
  args: readonly unknown[],
  instances: readonly Instance[],
  title: string,
): Promise<readonly Instance[]> {
  const meant = meantOrOnly(args, instances);
  if (meant.length > 0) {
    return meant;
  }
  const picked = await vscode.window.showQuickPick(itemsOf(instances), {
    title,
    placeHolder: 'Which instances?',
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) {
    throw new CancelledError();
  }
  return picked.map(({ instance }) => instance);
}

/** The one instance that the arguments mean, else the one that the user picks. @throws CancelledError, or Error without an instance. */
export async function chooseInstance(
  args: readonly unknown[],
  instances: readonly Instance[],
  title: string,
): Promise<Instance> {
  const [meant] = meantOrOnly(args, instances);
  if (meant !== undefined) {
    return meant;
  }
  const picked = await vscode.window.showQuickPick(itemsOf(instances), {
    title,
    placeHolder: 'Which instance?',
  });
  if (picked === undefined) {
    throw new CancelledError();
  }
  return picked.instance;
}

function meantOrOnly(args: readonly unknown[], instances: readonly Instance[]): readonly Instance[] {
  if (instances.length === 0) {
    throw new Error(NO_INSTANCE);
  }
  const meant = instancesFromArguments(args, instances);
  return meant.length === 0 && instances.length === 1 ? instances : meant;
}

function itemsOf(instances: readonly Instance[]): InstanceItem[] {
  return instances.map((instance) => ({ label: instance.name, description: instance.url, instance }));
}
