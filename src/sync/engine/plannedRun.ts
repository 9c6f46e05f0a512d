import type { Instance } from '../../store/instances/instance';
import type { InstanceFacts } from '../../store/mirrorFacts';
import type { MirrorWriter } from '../../store/mirrorWriter';
import type { RunStart } from '../../store/runs';
import { estimateCalls } from './budget';
import type { SyncCoordinatorDeps } from './coordinatorTypes';
import { planRun } from './plan';
import { secondsOf, type SyncRequest } from './syncTypes';

/** A run as it was decided, before its first request. */
export interface PlannedRun {
  readonly start: RunStart;
  /** What was known when it was planned. */
  readonly facts: InstanceFacts;
  /** The request with the kind and walk that it came to. */
  readonly request: SyncRequest;
}

type PlanDeps = Pick<SyncCoordinatorDeps, 'clock' | 'reconcileHours' | 'clientVersion'>;

/** Plans the run that a request leads to, from what the writer's mirror knows of the instance. */
export async function planFor(
  deps: PlanDeps,
  writer: MirrorWriter,
  { runId, instance, request }: { runId: string; instance: Instance; request: SyncRequest },
): Promise<PlannedRun> {
  const facts = await writer.facts(instance.id);
  const startedAt = secondsOf(deps.clock);
  const plan = planRun(facts, request, startedAt, deps.reconcileHours());
  const start: RunStart = {
    runId,
    instanceId: instance.id,
    ...plan,
    trigger: request.trigger,
    startedAt,
    clientVersion: deps.clientVersion,
    expectedRequests: estimateCalls(facts, plan),
  };
  return { start, facts, request: { ...request, ...plan } };
}
