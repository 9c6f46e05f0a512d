import * as l10n from '@vscode/l10n';
import { backupFiles } from '../backups/backups';
import { dataFolderAt, nameBelow, type DataFolder } from '../files/dataFolder';
import { isCopyInUse } from '../files/fixedCopy';
import { candidatesIn, readSealed } from '../files/generationStore';
import { migrate } from '../migrations';
import { newestFile } from '../reading/newestImage';
import { loadSqlite, type SqliteDatabase } from '../sqlite/sqlite';
import { checkFile, type CheckedFile } from './checkFile';
import type { CheckFinding, CheckReport, LostTexts } from './checkTypes';
import { wrongNumbers } from './derivedNumbers';
import { withLostTexts } from './lostTexts';
import { shardStates, type ShardState } from './shardStates';

type Found = Omit<CheckFinding, 'file'>;

const NOTHING_LOST: LostTexts = { messages: 0, fetchable: 0, chats: 0 };

/**
 * Looks at every file of a data folder that is in use or may be restored, and at the texts that the newest one names.
 * Changes nothing. Opens one file after the other: call it in a worker. @param root the data folder
 */
export async function checkDatabase(root: string): Promise<CheckReport> {
  await loadSqlite();
  const folder = dataFolderAt(root);
  const used = newestFile(folder);
  const findings: CheckFinding[] = [];
  let lost = NOTHING_LOST;
  for (const { path, ...file } of filesIn(folder, used?.path)) {
    const sealed = readSealed(path);
    if (sealed === 'missing') {
      continue;
    }
    const found = await checkFile(file, sealed, (database) => {
      if (file.role !== 'newest') {
        return [];
      }
      const content = checkContent(database, folder);
      lost = content.lost;
      return content.found;
    });
    findings.push(...found);
  }
  if (used !== undefined) {
    findings.push(...olderInUse(folder, used.path));
  }
  const file = used === undefined ? undefined : nameBelow(folder.root, used.path);
  return { generation: used?.number ?? 0, file, findings, lost };
}

/** In the order in which they would be used, then those that can only be restored. */
function filesIn(folder: DataFolder, used: string | undefined): (CheckedFile & { readonly path: string })[] {
  const inUse = candidatesIn(folder);
  const others = backupFiles(folder)
    .filter(({ kind, path }) => kind !== 'damaged' && !inUse.includes(path))
    .map(({ path }) => path);
  return [...inUse, ...others]
    .filter((path) => path !== folder.fixedName || !isCopyInUse(folder))
    .map((path) => {
      const role = path === used ? 'newest' : path === folder.fixedName ? 'copy' : 'backup';
      return { name: nameBelow(folder.root, path), role, path };
    });
}

/** @param path of the file in use */
function olderInUse(folder: DataFolder, path: string): CheckFinding[] {
  if (path === candidatesIn(folder)[0]) {
    return [];
  }
  return [
    {
      file: nameBelow(folder.root, path),
      severity: 'warning',
      what: 'file',
      sentence: l10n.t(
        'It is used in place of a newer one that is damaged. What was synced in between is fetched again.',
      ),
      nextStep: l10n.t('Run a sync: it puts the damaged file into corrupt/ and goes on from here.'),
    },
  ];
}

function checkContent(
  database: SqliteDatabase,
  folder: DataFolder,
): { readonly found: readonly Found[]; readonly lost: LostTexts } {
  migrate(database);
  const shards = shardStates(database, folder.content);
  const numbers = wrongNumbers(database);
  return withLostTexts(database, shards, numbers, (lost) => ({
    lost,
    found: [
      ...shards.flatMap(lostText),
      ...numbers.map(({ name, chats }): Found => ({
        severity: 'warning',
        what: 'derived',
        sentence: l10n.t(
          '{0} does not agree with the messages themselves in chats: {1}.',
          name,
          chats.length,
        ),
        nextStep: l10n.t('"Fetch Again" lets the next syncs write them anew.'),
      })),
    ],
  }));
}

const STATE_SENTENCES: Readonly<Record<Exclude<ShardState['state'], 'sound'>, (file: string) => string>> = {
  missing: (file) => l10n.t('The file {0} is missing.', file),
  damaged: (file) => l10n.t('The file {0} is damaged.', file),
  incomplete: (file) => l10n.t('The file {0} lacks texts.', file),
};

function lostText({ id, name, state, lost }: ShardState): Found[] {
  if (state === 'sound') {
    return [];
  }
  const file = name === undefined ? l10n.t('number {0} of older messages', id) : `content/${name}`;
  return [
    {
      severity: 'damage',
      what: 'texts',
      sentence: [STATE_SENTENCES[state](file), l10n.t('Messages without their text: {0}.', lost.length)].join(
        ' ',
      ),
      nextStep: l10n.t('"Fetch Again" lets the next syncs bring back what the servers still have.'),
    },
  ];
}
