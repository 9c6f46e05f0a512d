import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { CostConnectionsFileError, InvalidCostConnectionError } from '../errors';
import { dataFolderAt, ensureDataFolder } from '../files/dataFolder';
import { editJson, loadJson, unusableText, type JsonFile } from '../files/jsonFile';
import { credentialSource } from '../instances/credentialSource';
import { isUnshowable, showableName } from '../instances/instanceName';
import type { CostConnection } from './costConnection';
import { isWithin, parseScope } from './costScope';

const text = v.pipe(v.string(), v.nonEmpty());

const signInSchema = v.variant('kind', [
  v.object({ kind: v.literal('editor'), accountId: v.optional(text), accountName: v.optional(text) }),
  v.object({ kind: v.literal('azureCli') }),
  v.object({
    kind: v.literal('clientSecret'),
    clientId: text,
    secret: v.optional(credentialSource),
  }),
  v.object({ kind: v.literal('managedIdentity'), clientId: v.optional(text) }),
  v.object({ kind: v.literal('workloadIdentity'), clientId: v.optional(text), tokenFile: v.optional(text) }),
]);

const connectionSchema = v.pipe(
  v.object({
    id: text,
    scope: text,
    name: v.pipe(text, v.transform(showableName)),
    cloud: v.picklist(['public', 'usGov', 'china']),
    tenantId: v.string(),
    signIn: signInSchema,
    tag: v.optional(text),
    enabled: v.boolean(),
  }),
  // Azure CLI alone is signed in to a tenant of its own.
  v.forward(
    v.check(
      ({ tenantId, signIn }) => tenantId !== '' || signIn.kind === 'azureCli',
      () => l10n.t('Name the tenant.'),
    ),
    ['tenantId'],
  ),
) satisfies v.GenericSchema<unknown, CostConnection>;

interface CostConnectionsFile {
  readonly version: 1;
  readonly connections: readonly CostConnection[];
}

const fileSchema = v.object({ version: v.literal(1), connections: v.array(connectionSchema) });

/** What a person tells of a new connection. @see parseScope for what a scope may look like */
export type NewCostConnection = Omit<CostConnection, 'id' | 'enabled'>;

/** Changes of a connection; what is absent stays. The scope stays: another one is another connection. */
export type CostConnectionChanges = Partial<Omit<CostConnection, 'id' | 'scope'>>;

/**
 * Reads `azure.json`; a missing one holds no connection.
 * @throws CostConnectionsFileError when the file is damaged; it stays as it is
 */
export async function loadCostConnections(root: string): Promise<readonly CostConnection[]> {
  return (await loadJson(fileAt(dataFolderAt(root).azure))).connections;
}

/** @throws InvalidCostConnectionError when the scope is none, or the same cost is read already; CostConnectionsFileError */
export function addCostConnection(root: string, added: NewCostConnection): Promise<CostConnection> {
  return edit(root, (connections) => {
    const scope = parseScope(added.scope);
    refuseTwice(connections, scope);
    const connection = checked({
      ...added,
      id: randomUUID(),
      scope,
      name: uniqueName(connections, added.name, ''),
      enabled: true,
    });
    return [[...connections, connection], connection];
  });
}

/** @throws InvalidCostConnectionError, CostConnectionsFileError */
export function updateCostConnection(
  root: string,
  id: string,
  changes: CostConnectionChanges,
): Promise<CostConnection> {
  return edit(root, (connections) => {
    const before = connections.find((connection) => connection.id === id);
    if (before === undefined) {
      throw new InvalidCostConnectionError(l10n.t('This connection was removed meanwhile.'));
    }
    const { name = before.name, ...others } = changes;
    const changed = checked({ ...before, ...others, name: uniqueName(connections, name, id) });
    return [connections.map((other) => (other.id === id ? changed : other)), changed];
  });
}

/** Removing twice is no error. Its rows in the database are `CostWriter.removeCostScope`'s. @throws CostConnectionsFileError */
export function removeCostConnection(root: string, id: string): Promise<void> {
  return edit(root, (connections) => [connections.filter((connection) => connection.id !== id), undefined]);
}

async function edit<R>(
  root: string,
  change: (connections: readonly CostConnection[]) => readonly [readonly CostConnection[], R],
): Promise<R> {
  return editJson(fileAt(ensureDataFolder(root).azure), (file) => {
    const [connections, result] = change(file.connections);
    return [{ ...file, connections }, result];
  });
}

function fileAt(path: string): JsonFile<CostConnectionsFile> {
  return {
    path,
    schema: fileSchema,
    missing: () => ({ version: 1, connections: [] }),
    unusable: (path, reason) => new CostConnectionsFileError(unusableText(path, reason)),
  };
}

/** Scopes of all clouds together: their ids are unique. @throws InvalidCostConnectionError */
function refuseTwice(connections: readonly CostConnection[], scope: string): void {
  const twin = connections.find((other) => other.scope === scope);
  if (twin !== undefined) {
    throw new InvalidCostConnectionError(
      l10n.t('Costs of {0} are read already, as "{1}". Change or remove that connection.', scope, twin.name),
    );
  }
  const near = connections.find((other) => isWithin(other.scope, scope) || isWithin(scope, other.scope));
  if (near !== undefined) {
    throw new InvalidCostConnectionError(
      l10n.t(
        'Costs of {0} would count twice: "{1}" reads {2}. Remove that connection first.',
        scope,
        near.name,
        near.scope,
      ),
    );
  }
}

/** What is written can be read again. @throws InvalidCostConnectionError */
function checked(connection: CostConnection): CostConnection {
  const parsed = v.safeParse(connectionSchema, {
    ...connection,
    tenantId: connection.tenantId.trim().toLowerCase(),
  });
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw new InvalidCostConnectionError(
    l10n.t('The connection is not complete: {0}: {1}', v.getDotPath(issue) ?? '', issue.message),
  );
}

/** @throws InvalidCostConnectionError as {@link parseName}, and when the name is taken by another connection */
function uniqueName(connections: readonly CostConnection[], given: string, id: string): string {
  const name = parseName(given);
  if (connections.some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase())) {
    throw new InvalidCostConnectionError(
      l10n.t('There is a connection "{0}" already. Choose another name.', name),
    );
  }
  return name;
}

/** A name that somebody gives to costs, trimmed. @throws InvalidCostConnectionError when it is empty or cannot be shown in a line */
export function parseName(given: string): string {
  const name = given.trim();
  if (name === '') {
    throw new InvalidCostConnectionError(l10n.t('Enter a name.'));
  }
  if (isUnshowable(name)) {
    throw new InvalidCostConnectionError(l10n.t('Leave line ends and control characters out of the name.'));
  }
  return name;
}
