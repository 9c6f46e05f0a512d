import { join } from 'node:path';
import { createQueryRunner } from '../../store/queryRunner';
import type { QueryRunner } from '../../store/resultSet';
import type { Services } from '../services';

/** The thread ends when nothing was asked for so long, in ms: its copies are large. */
const IDLE_MS = 60_000;

/**
 * Runs statements that no person typed in a thread of their own: they neither hold up a person's statements nor meet
 * the files that those have open. Starts with the first one; dispose it.
 */
export function queriesInOwnThread({ folder, context }: Pick<Services, 'folder' | 'context'>): QueryRunner {
  return createQueryRunner({
    folder: folder.root,
    workerPath: join(context.extensionPath, 'dist', 'query.js'),
    idleMs: IDLE_MS,
  });
}
