import { createAnalysis, readAnalysis } from '../analysis/analysisFile';
import { analysisHash } from '../analysis/analysisText';
import { NO_ANALYSIS, type Analysis } from '../analysis/analysisTypes';
import { utcDayAt } from '../costs/costEntries';
import { AnalysisError, StorageError } from '../errors';
import type { Session } from './session';
import { storedAnalysis } from './storedAnalysis';

/**
 * What analysis.json says as a writer opens. Where there is none, the database's own is written there: prices of earlier
 * versions, or of a folder whose file was deleted.
 * @returns undefined where the tables are to stay as they are: the file cannot be used, or says nothing and neither do they
 */
export function openedAnalysis(root: string, session: Session): Promise<Analysis | undefined> {
  return ifUsable(async () => {
    const present = await readAnalysis(root);
    if (present !== undefined) {
      return present;
    }
    const stored = storedAnalysis(session.database, utcDayAt(session.now()));
    const isNothing = analysisHash(stored) === analysisHash(NO_ANALYSIS);
    return isNothing ? undefined : createAnalysis(root, stored);
  });
}

/** What counts now: the file, else what the database took of it last. */
export async function analysisInForce(root: string, session: Session): Promise<Analysis | undefined> {
  return (
    (await ifUsable(() => readAnalysis(root))) ??
    (await ifUsable(() => storedAnalysis(session.database, utcDayAt(session.now()))))
  );
}

/** Nothing that writes depends on it: whoever shows numbers says that they are those of before. */
async function ifUsable<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AnalysisError || error instanceof StorageError) {
      return undefined;
    }
    throw error;
  }
}
