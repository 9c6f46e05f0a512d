import { INTERRUPTED, isToldOf, type JournaledRun } from '../files/journal';
import type { RunEnd } from '../runs';
import { writeInstance, writeRunEnd, writeRunStart, writeStates } from './runRows';
import { writeHealth } from './instanceFacts';
import { stamp, type Session } from './session';

/**
 * Brings the journal's runs into a database, so that it tells of runs that no generation holds yet. Idempotent. Runs
 * that a restored backup knows nothing of stay out.
 * @param generation number of the database's file generation.
 * @param isUnderWay whether a run without an end is still at work.
 */
export function foldJournal(
  session: Session,
  runs: readonly JournaledRun[],
  generation: number,
  isUnderWay: (run: JournaledRun) => boolean,
): void {
  const told = runs.filter((run) => isToldOf(run, generation));
  session.database.transaction(() => {
    for (const run of told) {
      foldRun(session, run, generation, isUnderWay);
    }
    interruptOthers(session, new Set(told.filter(isUnderWay).map(({ start }) => start.runId)));
  });
}

function foldRun(
  session: Session,
  run: JournaledRun,
  generation: number,
  isUnderWay: (run: JournaledRun) => boolean,
): void {
  const { database } = session;
  const { runId } = run.start;
  const stored = database.get<[number, string]>('SELECT id, status FROM sync_runs WHERE run_id = ?', [runId]);
  if (stored !== undefined && stored[1] !== 'running' && stored[1] !== 'interrupted') {
    return;
  }
  // An end beyond this generation tells of rows that are not here: an older file had to be opened.
  const end = run.end !== undefined && (run.generation ?? 0) <= generation ? run.end : undefined;
  if (stored === undefined) {
    ensureInstance(session, run);
  }
  const rowId = stored?.[0] ?? writeRunStart(session, run.start);
  if (end !== undefined) {
    writeRunEnd(session, rowId, end);
    writeStates(session, run.start.instanceId, run.states);
    if (run.health !== undefined) {
      writeHealth(session, run.start.instanceId, run.health);
    }
  } else if (stored?.[1] !== 'interrupted' && !isUnderWay(run)) {
    interrupt(session, rowId, run.end);
  }
}

function ensureInstance(session: Session, { instance }: JournaledRun): void {
  if (session.database.get('SELECT 1 FROM instances WHERE id = ?', [instance.id]) === undefined) {
    writeInstance(session, instance);
  }
}

/** Rows that say "running" although their process is gone and the journal has forgotten them. */
function interruptOthers(session: Session, underWay: ReadonlySet<string>): void {
  const running = session.database.all<[number, string]>(
    `SELECT id, run_id FROM sync_runs WHERE status = 'running'`,
  );
  for (const [rowId, runId] of running) {
    if (!underWay.has(runId)) {
      interrupt(session, rowId);
    }
  }
}

function interrupt(session: Session, rowId: number, end?: RunEnd): void {
  session.database.run(
    `UPDATE sync_runs SET status = 'interrupted', error_code = ?, error = ?, requests = ?,
       sync_datetime = ?, sync_datetime_epoch = ? WHERE id = ?`,
    [INTERRUPTED.errorCode, INTERRUPTED.error, end?.requests ?? 0, ...stamp(session), rowId],
  );
}
