import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { SqliteDatabase, type Value } from '../../src/store/sqlite/sqlite';

/** Every statement that a writer ran, with its values; long text as text, whatever it was bound as. */
export interface StatementLog {
  /** Each text once. */
  readonly texts: readonly string[];
  readonly entries: readonly (readonly [text: number, values: readonly Value[]])[];
}

/** Notes what `work` runs on any database. Statements of a transaction are there too: `BEGIN IMMEDIATE`, `COMMIT`. */
export function recordStatements(work: () => void): StatementLog {
  const texts = new Map<string, number>();
  const entries: [number, readonly Value[]][] = [];
  const prototype = SqliteDatabase.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = ['run', 'get', 'all'].map((name) => [name, prototype[name]] as const);
  for (const [name, original] of originals) {
    prototype[name] = function (this: unknown, ...args: unknown[]): unknown {
      const [sql, values = []] = args as [string, (readonly Value[])?];
      if (!texts.has(sql)) {
        texts.set(sql, texts.size);
      }
      entries.push([texts.get(sql) ?? 0, values.map(asText)]);
      return original?.apply(this, args);
    };
  }
  try {
    work();
  } finally {
    for (const [name, original] of originals) {
      prototype[name] = original as (...args: unknown[]) => unknown;
    }
  }
  return { texts: [...texts.keys()], entries };
}

function asText(value: Value): Value {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

export function saveLog(file: string, log: StatementLog): void {
  writeFileSync(file, serialize(log));
}

export function loadLog(file: string): StatementLog {
  return deserialize(readFileSync(file)) as StatementLog;
}
