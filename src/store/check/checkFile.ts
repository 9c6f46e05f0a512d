import * as l10n from '@vscode/l10n';
import { DatabaseBrokenError, toError } from '../errors';
import { headerOf, type SealedImage } from '../files/fileGeneration';
import { isOurs, SCHEMA_VERSION } from '../migrations';
import { SqliteDatabase } from '../sqlite/sqlite';
import type { CheckFinding } from './checkTypes';

/** A file of the data folder that may be in use or be restored. */
export interface CheckedFile {
  readonly name: string;
  readonly role: 'newest' | 'backup' | 'copy';
}

type Found = Omit<CheckFinding, 'file'>;

const nextOfBackup = (): string =>
  l10n.t('It cannot be restored. Nothing needs to be done: newer backups take its place.');
const nextOfNewest = (): string => l10n.t('Run "Restore a Backup..." and choose the newest sound one.');

/**
 * Looks at one file as a whole: seal, format, structure and references.
 * @param use gets the database of a sound file, before it is closed
 */
export async function checkFile(
  file: CheckedFile,
  sealed: SealedImage | 'damaged',
  use: (database: SqliteDatabase) => readonly Found[] = () => [],
): Promise<CheckFinding[]> {
  const found = sealed === 'damaged' ? [brokenSeal(file)] : await checkImage(file, sealed.image, use);
  const all = found.length > 0 ? found : [SOUND];
  return all.map((finding) => ({ file: file.name, ...finding }));
}

const SOUND: Found = { severity: 'ok', what: 'file', sentence: 'sound' };

function brokenSeal({ role }: CheckedFile): Found {
  if (role === 'copy') {
    return {
      severity: 'warning',
      what: 'seal',
      sentence: l10n.t(
        'Another program has changed it, or it was not written to its end. The mirror itself is untouched.',
      ),
      nextStep: l10n.t('The next sync keeps a changed one under another name and writes it anew.'),
    };
  }
  return {
    severity: 'damage',
    what: 'seal',
    sentence: l10n.t('It does not hold what was written to it.'),
    nextStep: nextOfBackup(),
  };
}

async function checkImage(
  { role }: CheckedFile,
  image: Uint8Array,
  use: (database: SqliteDatabase) => readonly Found[],
): Promise<readonly Found[]> {
  const nextStep = role === 'newest' ? nextOfNewest() : nextOfBackup();
  if (!isOurs(image)) {
    return [
      {
        severity: 'damage',
        what: 'format',
        sentence: l10n.t('It is no database of OpenWebUI Sync.'),
        nextStep,
      },
    ];
  }
  if (headerOf(image).schema > SCHEMA_VERSION) {
    return [
      {
        severity: 'warning',
        what: 'format',
        sentence: l10n.t('A newer version of OpenWebUI Sync wrote it, so that it cannot be looked into.'),
        nextStep: l10n.t('Update this one.'),
      },
    ];
  }
  const database = await SqliteDatabase.open(image);
  try {
    const found = [...structure(database, role === 'newest'), ...references(database)].map((finding) => ({
      ...finding,
      nextStep,
    }));
    return found.length > 0 ? found : use(database);
  } catch (error) {
    if (error instanceof DatabaseBrokenError) {
      throw error;
    }
    return [
      { severity: 'damage', what: 'structure', sentence: structureText(toError(error).message), nextStep },
    ];
  } finally {
    database.close();
  }
}

function structure(database: SqliteDatabase, isThorough: boolean): Found[] {
  const [said] = database.get<[string]>(`PRAGMA ${isThorough ? 'integrity' : 'quick'}_check(1)`) ?? [
    'no answer',
  ];
  return said === 'ok' ? [] : [{ severity: 'damage', what: 'structure', sentence: structureText(said) }];
}

function structureText(said: string): string {
  return l10n.t('SQLite finds damage in it: {0}.', said.replace(/\s+/gu, ' ').trim());
}

function references(database: SqliteDatabase): Found[] {
  const [rows] = database.get<[number]>('SELECT count(*) FROM pragma_foreign_key_check') ?? [0];
  return rows === 0
    ? []
    : [
        {
          severity: 'damage',
          what: 'references',
          sentence: l10n.t('Rows that refer to others which are not there: {0}.', rows),
        },
      ];
}
