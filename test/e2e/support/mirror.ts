import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import initSqlJs, { type SqlValue } from 'sql.js';

/** The database as any other tool sees it. */
export class Mirror {
  constructor(private readonly dataFolder: string) {}

  /** Rows of a query on the file with the fixed name, each an object by column name. */
  async query(sql: string): Promise<readonly Record<string, SqlValue>[]> {
    const { Database } = await initSqlJs();
    const database = new Database(await readFile(join(this.dataFolder, 'openwebui_sync.db')));
    try {
      const statement = database.prepare(sql);
      const rows: Record<string, SqlValue>[] = [];
      while (statement.step()) {
        rows.push(statement.getAsObject());
      }
      statement.free();
      return rows;
    } finally {
      database.close();
    }
  }

  /** The first column of the first row, as a number. */
  async count(sql: string): Promise<number> {
    const [row] = await this.query(sql);
    return Number(Object.values(row ?? {})[0]);
  }
}
