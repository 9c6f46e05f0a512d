import type { MirrorStatus } from '../../store/runs';
import type { ShownRun } from './shownRun';

/** Runs that the status tells as under way and that are not of this window: other windows' and the command line's. */
export function runsElsewhere(status: MirrorStatus, here: readonly ShownRun[]): readonly ShownRun[] {
  const ours = new Set(here.map(({ runId }) => runId));
  return status.instances.flatMap(({ name, runs }) =>
    runs
      .filter((run) => run.status === 'running' && !ours.has(run.runId))
      .map((run) => ({
        runId: run.runId,
        instanceId: run.instanceId,
        instanceName: name,
        kind: run.kind,
        trigger: run.trigger,
        // How far it is, only its own process knows.
        phase: 'elsewhere' as const,
        done: 0,
        requests: 0,
        counts: run.counts,
      })),
  );
}
