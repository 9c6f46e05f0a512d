import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { dataFolderAt, ensureDataFolder } from '../files/dataFolder';
import { editJson, loadJson, unusableText, type JsonFile } from '../files/jsonFile';
import { InstancesFileError, InvalidInstanceError } from '../errors';
import { AI_ACCESS, keepsAiAccess, type AiAccess } from './aiAccess';
import { credentialSource } from './credentialSource';
import type { CredentialSource, Instance, InstancesFile } from './instance';
import { isUnshowable, showableName } from './instanceName';
import { normaliseUrl } from './instanceUrl';
import { removeKeyFile } from './keyFile';
import { PRIVACY_MODES, type PrivacyMode } from './privacy';

const SALT_BYTES = 32;

const zone = v.pipe(v.string(), v.check(isZone, 'not a time zone'));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

const instanceSchema = v.object({
  id: positive,
  name: v.pipe(v.string(), v.nonEmpty(), v.transform(showableName)),
  url: v.pipe(v.string(), v.regex(/^https?:\/\//iu, 'not an http or https URL')),
  enabled: v.boolean(),
  privacy: v.optional(v.picklist(PRIVACY_MODES)),
  ai: v.optional(v.picklist(AI_ACCESS)),
  credential: v.optional(credentialSource),
}) satisfies v.GenericSchema<unknown, Instance>;

const fileSchema = v.object({
  version: v.literal(1),
  zone,
  nextId: positive,
  salt: v.optional(v.pipe(v.string(), v.nonEmpty())),
  instances: v.array(instanceSchema),
}) satisfies v.GenericSchema<unknown, InstancesFile>;

/** What a person tells of a new instance. */
export interface NewInstance {
  readonly name: string;
  readonly url: string;
  readonly credential?: CredentialSource | undefined;
  readonly privacy?: PrivacyMode | undefined;
}

/** Changes of an instance; what is absent stays. */
export interface InstanceChanges extends Partial<
  Omit<NewInstance, 'credential'> & Pick<Instance, 'enabled'>
> {
  /** `none`: the command line knows no place of it. */
  readonly credential?: CredentialSource | 'none' | undefined;
  readonly ai?: AiAccess | 'off';
}

/**
 * Reads `instances.json`; a missing one holds no instance and the zone of this machine.
 * @throws InstancesFileError when the file is damaged; it stays as it is.
 */
export function loadInstances(root: string): Promise<InstancesFile> {
  return loadJson(fileAt(dataFolderAt(root).instances));
}

/** Adds an instance. @throws InvalidInstanceError, InstancesFileError */
export function addInstance(
  root: string,
  { name, url, credential, privacy }: NewInstance,
): Promise<Instance> {
  return edit(root, (file) => {
    const id = Math.max(file.nextId, ...file.instances.map((other) => other.id + 1));
    const instance: Instance = {
      id,
      name: uniqueName(file, name, id),
      url: normaliseUrl(url),
      enabled: true,
      ...(credential === undefined ? {} : { credential }),
      ...(privacy === undefined ? {} : { privacy }),
    };
    return [{ ...file, nextId: id + 1, instances: [...file.instances, instance] }, instance];
  });
}

/**
 * Changes an instance. At another server, and in a stricter privacy mode, models may read nothing of it until somebody
 * agrees again. @throws InvalidInstanceError, InstancesFileError
 */
export function updateInstance(root: string, id: number, changes: InstanceChanges): Promise<Instance> {
  return edit(root, (file) => {
    const before = file.instances.find((instance) => instance.id === id);
    if (before === undefined) {
      throw new InvalidInstanceError(l10n.t('This instance was removed meanwhile.'));
    }
    const { ai, ...others } = before;
    const changed: Instance = {
      ...others,
      name: changes.name === undefined ? before.name : uniqueName(file, changes.name, id),
      url: changes.url === undefined ? before.url : normaliseUrl(changes.url),
      enabled: changes.enabled ?? before.enabled,
      credential: changes.credential === 'none' ? undefined : (changes.credential ?? before.credential),
      privacy: changes.privacy ?? before.privacy,
    };
    const agreed = changes.ai ?? (keepsAiAccess(before, changed) ? ai : undefined);
    const instance = agreed === undefined || agreed === 'off' ? changed : { ...changed, ai: agreed };
    return [
      { ...file, instances: file.instances.map((other) => (other.id === id ? instance : other)) },
      instance,
    ];
  });
}

/** Removes an instance from the list, and the key that the data folder keeps; its id is never used again. Removing twice is no error. */
export async function removeInstance(root: string, id: number): Promise<void> {
  removeKeyFile(root, { id });
  await edit(root, (file) => [
    { ...file, instances: file.instances.filter((instance) => instance.id !== id) },
    undefined,
  ]);
}

/**
 * The data folder's salt for hashed user ids, made when there is none. It never changes: all hashes would be lost.
 * @throws InstancesFileError
 */
export async function ensureSalt(root: string): Promise<string> {
  const { salt } = await loadInstances(root);
  return (
    salt ??
    edit(root, (file) => {
      const made = file.salt ?? randomBytes(SALT_BYTES).toString('base64url');
      return [{ ...file, salt: made }, made];
    })
  );
}

/**
 * Sets the mirror's zone; the next writer that opens derives all local times anew. @param name IANA name
 * @throws InvalidInstanceError when there is no such zone, InstancesFileError
 */
export async function setZone(root: string, name: string): Promise<void> {
  if (!isZone(name)) {
    throw new InvalidInstanceError(
      l10n.t('There is no time zone {0}. Use a name such as Europe/Berlin.', name),
    );
  }
  await edit(root, (file) => [{ ...file, zone: name }, undefined]);
}

/** Reads, changes and replaces the file while nobody else does. */
async function edit<T>(
  root: string,
  change: (file: InstancesFile) => readonly [InstancesFile, T],
): Promise<T> {
  return editJson(fileAt(ensureDataFolder(root).instances), change);
}

function fileAt(path: string): JsonFile<InstancesFile> {
  return {
    path,
    schema: fileSchema,
    missing: () => ({ version: 1, zone: hostZone(), nextId: 1, instances: [] }),
    unusable: (path, reason) => new InstancesFileError(unusableText(path, reason)),
    points: { written: 'instances:written', renamed: 'instances:renamed' },
  };
}

/** @throws InvalidInstanceError when the name is empty, cannot be shown in a line, or is taken by another instance. */
function uniqueName(file: InstancesFile, text: string, id: number): string {
  const name = text.trim();
  if (name === '') {
    throw new InvalidInstanceError(l10n.t('Enter a name.'));
  }
  if (isUnshowable(name)) {
    throw new InvalidInstanceError(l10n.t('Leave line ends and control characters out of the name.'));
  }
  const isTaken = file.instances.some(
    (other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) {
    throw new InvalidInstanceError(l10n.t('There is an instance "{0}" already. Choose another name.', name));
  }
  return name;
}

/** UTC where the machine names a zone that nobody knows (`TZ`): Node tells none then. */
function hostZone(): string {
  const known: { readonly timeZone?: string | undefined } = new Intl.DateTimeFormat().resolvedOptions();
  return known.timeZone ?? 'UTC';
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
