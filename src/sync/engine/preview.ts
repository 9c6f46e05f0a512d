import { randomUUID } from 'node:crypto';
import type { Instance } from '../../store/instances/instance';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { connect } from './connect';
import { PREVIEWED_ROWS, type SyncCoordinatorDeps, type SyncPreview } from './coordinatorTypes';
import { planFor } from './plannedRun';
import { NO_OUTLET } from './publisher';
import { ALL_STREAMS } from './streams/allStreams';
import { runSync } from './syncRun';
import type { Logger, SyncRequest } from './syncTypes';

/** What one preview works with. */
export interface PreviewParts {
  readonly deps: SyncCoordinatorDeps;
  /** Of a throw-away copy. */
  readonly writer: MirrorWriter;
  readonly instance: Instance;
  readonly request: SyncRequest;
  readonly signal: AbortSignal;
}

/**
 * A whole run against a throw-away copy of the mirror; nothing of it becomes visible.
 * @throws the signal's reason when cancelled: half a preview says nothing
 */
export async function previewRun(parts: PreviewParts): Promise<SyncPreview> {
  const { deps, writer, instance, request, signal } = parts;
  const log = previewLog(deps.log);
  const plan = await planFor(deps, writer, { runId: randomUUID(), instance, request });
  const run = await runSync({
    ...plan,
    instance,
    streams: ALL_STREAMS,
    writer,
    outlet: NO_OUTLET,
    connect: () => connect({ ...deps, log }, instance, signal),
    salt: deps.salt,
    policy: deps.policy(instance),
    clock: deps.clock,
    log,
    signal,
    onProgress: () => undefined,
  });
  signal.throwIfAborted();
  return { instanceName: instance.name, run, changes: await writer.changes(run.runId, PREVIEWED_ROWS) };
}

/** Nobody may take its lines for those of a sync. */
function previewLog(log: Logger): Logger {
  const marked = (message: string): string => `Preview: ${message}`;
  return {
    error: (message) => log.error(marked(message)),
    warn: (message) => log.warn(marked(message)),
    info: (message) => log.info(marked(message)),
    debug: (message) => log.debug(marked(message)),
  };
}
