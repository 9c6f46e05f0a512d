import type { CredentialSource } from '../store/instances/instance';
import type { ReportReader } from '../store/resultSet';

/**
 * How a connection is protected: `disable` not at all, `require` encrypted without knowing the server, `verify-full` by a
 * certificate that is the server's own.
 */
export const SSL_MODES = ['disable', 'require', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** What the last push that came to its end did. */
export interface LastPush {
  /** Seconds since 1970. */
  readonly finishedAt: number;
  readonly generation: number;
  readonly inserted: number;
  readonly updated: number;
  readonly marked: number;
  readonly deleted: number;
}

/** A PostgreSQL-compatible database that the mirror is pushed to, as `warehouses.json` keeps it. */
export interface Warehouse {
  /** Unique without regard to case. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** The schema of the database that is the warehouse, and nothing else's. */
  readonly schema: string;
  readonly ssl: SslMode;
  /** How the command line finds the password; absent: where PostgreSQL's own programs do (PGPASSWORD, ~/.pgpass), or the editor keeps it. */
  readonly password?: CredentialSource | undefined;
  /** Of this data folder, as it knows. */
  readonly lastPush?: LastPush | undefined;
}

/** What becomes of the rows of one table. */
export interface TableChanges {
  readonly inserted: number;
  readonly updated: number;
  /** Marked deleted, since what they belong to is; the mirror has no such rows any more. */
  readonly marked: number;
  readonly deleted: number;
}

export interface PushResult {
  /** Number of the file generation that the warehouse holds now. */
  readonly generation: number;
  /** Whether all rows were compared, not only those that were written since the last push. */
  readonly isFull: boolean;
  /** False: the warehouse held this generation already. */
  readonly hadNews: boolean;
  /** Tables in which something changed, by their names. */
  readonly tables: Readonly<Record<string, TableChanges>>;
  /** Erasures and stricter privacy modes that were carried over. */
  readonly tombstones: number;
  /** Statements that were sent. */
  readonly requests: number;
  readonly ms: number;
}

/** A push on its way. */
export interface PushProgress {
  readonly table: string;
  /** Rows of the table that were compared, of all that the mirror has. */
  readonly done: number;
  readonly total: number;
}

export interface PushOptions {
  /** Folder of the mirror. */
  readonly root: string;
  readonly warehouse: Warehouse;
  readonly password: string | undefined;
  /** Compare all rows with the warehouse, whatever is thought to be there. */
  readonly isFull?: boolean | undefined;
  /** The mirror was restored or made anew: what it does not hold any more goes from the warehouse too. */
  readonly afterRestore?: boolean | undefined;
  /** Version of this product, for the log of pushes. */
  readonly clientVersion: string;
  readonly onProgress?: ((progress: PushProgress) => void) | undefined;
  /** Stops behind the running batch; what was pushed stays. */
  readonly signal: AbortSignal;
}

/** What a connection tells of a warehouse. */
export interface WarehouseFacts {
  /** Such as `PostgreSQL 15.6`. */
  readonly server: string;
  readonly isEncrypted: boolean;
  /** Absent: none came to its end yet. */
  readonly lastPush?: LastPush | undefined;
  /** Nothing was pushed to it yet. */
  readonly isNew: boolean;
}

/** Reads a warehouse with the product's own SQL. */
export interface WarehouseReader extends ReportReader {
  /** IANA name of the mirror's time zone, which the days of the rows are in. */
  readonly zone: string;
  /** When the last push with news came to its end, in seconds since 1970. */
  readonly pushedAt: number;
}

/** What `dist/warehouse.js` exports: the only bundle that holds `pg`. */
export interface WarehouseModule {
  /** @throws WarehouseError, WarehouseBusyError; NoDatabaseError; NewerDatabaseError; the signal's reason */
  readonly push: (options: PushOptions) => Promise<PushResult>;
  /** Connects, and looks whether a push could begin. @throws WarehouseError */
  readonly testWarehouse: (
    root: string,
    warehouse: Warehouse,
    password: string | undefined,
  ) => Promise<WarehouseFacts>;
  /**
   * Connects for reports; nothing is ever written over this connection. Dispose of it afterwards.
   * @throws WarehouseError where it is not reachable, nothing was pushed to it yet, or another version of the schema
   */
  readonly openWarehouseReader: (
    warehouse: Warehouse,
    password: string | undefined,
  ) => Promise<WarehouseReader>;
}
