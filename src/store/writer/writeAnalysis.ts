import { analysisHash } from '../analysis/analysisText';
import type { Analysis } from '../analysis/analysisTypes';
import type { SqliteDatabase, Value } from '../sqlite/sqlite';
import { ANALYSIS_TABLES, type AnalysisTable } from './analysisTables';
import { keyedRow, rowChanges, type KeyedRow } from './rowChanges';
import { placeholders, stamp, type Session } from './session';

/**
 * Makes the tables say what analysis.json says: only rows that differ are written, those that are gone are marked deleted.
 * What names an instance that the database does not know yet waits for it: write again then. Inside a transaction.
 */
export function writeAnalysis(session: Session, analysis: Analysis): void {
  const known = new Set(session.database.all<[number]>('SELECT id FROM instances').map(([id]) => id));
  for (const table of ANALYSIS_TABLES) {
    writeTable(session, table, usableRows(table, analysis, known));
  }
  session.database.run(SETTINGS, [
    ...[analysis.costType, analysis.allocation, analysisHash(analysis)],
    ...stamp(session),
  ]);
}

const SETTINGS = `
  UPDATE analysis_settings
  SET cost_type = ?1, allocation = ?2, content_hash = ?3, sync_datetime = ?4, sync_datetime_epoch = ?5
  WHERE cost_type <> ?1 OR allocation <> ?2 OR content_hash <> ?3`;

type Row = readonly Value[];

function usableRows(
  { rows, reference, key }: AnalysisTable,
  analysis: Analysis,
  known: ReadonlySet<number>,
): readonly Row[] {
  if (reference === undefined) {
    return rows(analysis);
  }
  const place = key.indexOf(reference);
  return rows(analysis).filter((row) => row[place] === null || known.has(Number(row[place])));
}

function writeTable(session: Session, table: AnalysisTable, wanted: readonly Row[]): void {
  const { database } = session;
  const keyed = (row: Row): KeyedRow => keyedRow(row, table.key.length);
  const { written, gone } = rowChanges(livingRows(database, table).map(keyed), wanted.map(keyed));
  for (const { key, values } of written) {
    database.run(upsertOf(table), [...key, ...values, ...stamp(session)]);
  }
  for (const key of gone) {
    remove(session, table, key);
  }
}

function livingRows(database: SqliteDatabase, { table, key, values }: AnalysisTable): readonly Row[] {
  return database.all(`SELECT ${[...key, ...values].join(', ')} FROM ${table} WHERE is_deleted = 0`);
}

/** A row that was removed earlier comes back with its own id. */
function upsertOf({ table, key, keySql = key, values }: AnalysisTable): string {
  const columns = [...key, ...values, 'sync_datetime', 'sync_datetime_epoch'];
  const set = [...values, 'sync_datetime', 'sync_datetime_epoch'].map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${placeholders(columns.length)})
    ON CONFLICT (${keySql.join(', ')}) DO UPDATE SET ${set.join(', ')}, is_deleted = 0`;
}

function remove(session: Session, { table, key, isPersonal }: AnalysisTable, name: Row): void {
  const rows = key.map((column) => `${column} IS ?`).join(' AND ');
  if (isPersonal === true) {
    session.database.run(`DELETE FROM ${table} WHERE ${rows}`, name);
    return;
  }
  const set = 'is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?';
  session.database.run(`UPDATE ${table} SET ${set} WHERE ${rows}`, [...stamp(session), ...name]);
}
