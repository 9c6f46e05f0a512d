import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { dataFolderAt, ensureDataFolder } from '../store/files/dataFolder';
import { editJson, loadJson, unusableText, type JsonFile } from '../store/files/jsonFile';
import { credentialSource } from '../store/instances/credentialSource';
import { isUnshowable, showableName } from '../store/instances/instanceName';
import { WarehouseError, WarehousesFileError } from './warehouseErrors';
import {
  SSL_MODES,
  type LastPush,
  type PushResult,
  type TableChanges,
  type Warehouse,
} from './warehouseTypes';

const text = v.pipe(v.string(), v.nonEmpty());

/** What a warehouse may be called. */
export const warehouseName = v.pipe(
  v.string(),
  v.nonEmpty(() => l10n.t('Enter a name.')),
  v.check(
    (name) => !isUnshowable(name),
    () => l10n.t('Leave line ends and control characters out of the name.'),
  ),
);

/** The schema that is proposed for a warehouse. */
export const DEFAULT_SCHEMA = 'openwebui';

/** Longer names PostgreSQL cuts off; what begins with `pg_` it keeps for itself. */
export const schemaName = v.pipe(
  v.string(),
  v.regex(/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/u, () =>
    l10n.t('Name the schema with small letters, digits and underscores.'),
  ),
);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const warehouseSchema = v.object({
  name: v.pipe(text, v.transform(showableName)),
  host: text,
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  database: text,
  user: text,
  schema: schemaName,
  ssl: v.picklist(SSL_MODES),
  password: v.optional(credentialSource),
  lastPush: v.optional(
    v.object({
      ...{ finishedAt: count, generation: count },
      ...{ inserted: count, updated: count, marked: count, deleted: count },
    }),
  ),
}) satisfies v.GenericSchema<unknown, Warehouse>;

const addedSchema = v.object({ ...warehouseSchema.entries, name: warehouseName });

interface WarehousesFile {
  readonly version: 1;
  readonly warehouses: readonly Warehouse[];
}

const fileSchema = v.object({ version: v.literal(1), warehouses: v.array(warehouseSchema) });

/**
 * Reads `warehouses.json`; a missing one holds no warehouse.
 * @throws WarehousesFileError when the file is damaged; it stays as it is
 */
export async function loadWarehouses(root: string): Promise<readonly Warehouse[]> {
  return (await loadJson(fileIn(root))).warehouses;
}

/** @throws WarehouseError when the name is taken or something of it cannot be; WarehousesFileError */
export function addWarehouse(root: string, added: Warehouse): Promise<Warehouse> {
  return edit(root, (warehouses) => {
    const warehouse = checked({ ...added, name: added.name.trim() });
    if (warehouseNamed(warehouses, warehouse.name) !== undefined) {
      throw new WarehouseError(
        l10n.t('There is a warehouse "{0}" already. Choose another name.', warehouse.name),
      );
    }
    const twin = warehouses.find((other) => isSamePlace(other, warehouse));
    if (twin !== undefined) {
      throw new WarehouseError(l10n.t('This database and schema is the warehouse "{0}" already.', twin.name));
    }
    return [[...warehouses, warehouse], warehouse];
  });
}

/** What was pushed to it stays there. @returns whether there was one of this name @throws WarehousesFileError */
export function removeWarehouse(root: string, name: string): Promise<boolean> {
  return edit(root, (warehouses) => {
    const removed = warehouseNamed(warehouses, name);
    return [warehouses.filter((other) => other !== removed), removed !== undefined];
  });
}

/** The rows of all tables together. */
export function pushedRows({ tables }: Pick<PushResult, 'tables'>): TableChanges {
  const all = Object.values(tables);
  const sum = (kind: keyof TableChanges): number => all.reduce((total, changes) => total + changes[kind], 0);
  return {
    inserted: sum('inserted'),
    updated: sum('updated'),
    marked: sum('marked'),
    deleted: sum('deleted'),
  };
}

/** What is noted of a push that has just ended. */
export function lastPushOf(result: PushResult): LastPush {
  const finishedAt = Math.floor(Date.now() / 1000);
  return { finishedAt, generation: result.generation, ...pushedRows(result) };
}

/** Notes what a push did; nothing where the warehouse was removed meanwhile. @throws WarehousesFileError */
export function noteLastPush(root: string, name: string, lastPush: LastPush): Promise<void> {
  return edit(root, (warehouses) => [
    warehouses.map((warehouse) => (warehouse.name === name ? { ...warehouse, lastPush } : warehouse)),
    undefined,
  ]);
}

/** Finds a warehouse by its name, without regard to case. */
export function warehouseNamed(warehouses: readonly Warehouse[], name: string): Warehouse | undefined {
  const wanted = name.trim().toLowerCase();
  return warehouses.find((warehouse) => warehouse.name.toLowerCase() === wanted);
}

function isSamePlace(one: Warehouse, other: Warehouse): boolean {
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    one.database === other.database &&
    one.schema === other.schema
  );
}

/** What is written can be read again. @throws WarehouseError */
function checked(warehouse: Warehouse): Warehouse {
  const parsed = v.safeParse(addedSchema, warehouse);
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw new WarehouseError(
    l10n.t('The warehouse cannot be kept: {0}: {1}', v.getDotPath(issue) ?? '', issue.message),
  );
}

async function edit<R>(
  root: string,
  change: (warehouses: readonly Warehouse[]) => readonly [readonly Warehouse[], R],
): Promise<R> {
  return editJson(fileIn(ensureDataFolder(root).root), (file) => {
    const [warehouses, result] = change(file.warehouses);
    return [{ ...file, warehouses }, result];
  });
}

function fileIn(root: string): JsonFile<WarehousesFile> {
  return {
    path: dataFolderAt(root).warehouses,
    schema: fileSchema,
    missing: () => ({ version: 1, warehouses: [] }),
    unusable: (path, reason) => new WarehousesFileError(unusableText(path, reason)),
  };
}
