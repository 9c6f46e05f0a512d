import { randomUUID } from 'node:crypto';
import type { Instance } from '../../store/instances/instance';
import { projectionOf } from '../../store/instances/projection';
import type { MirrorWriter } from '../../store/mirrorWriter';
import { PRIVACY } from '../../store/instances/privacy';
import { connect, type ConnectDeps } from '../engine/connect';
import type { SyncCoordinatorDeps } from '../engine/coordinatorTypes';
import { identitiesOf } from '../engine/identitiesOf';
import { secondsOf } from '../engine/syncTypes';
import { Differences } from './differences';
import type { VerifyProgress } from './verifyContext';
import { SAMPLED_USERS, verifyMirror } from './verifyMirror';
import type { VerifyReport } from './verifyTypes';

/** What comparing needs of what a coordinator has. */
export type VerifyDeps = ConnectDeps & Pick<SyncCoordinatorDeps, 'openDryWriter' | 'salt' | 'clientVersion'>;

export interface VerifyOptions {
  /** How many users' chats are compared; default 15. */
  readonly sample?: number | 'all' | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** From 0 up to 1; which users and chats are looked at. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Compares an instance's mirror with its server. Needs no lock and leaves no trace.
 * @throws OpenWebUiError when the server cannot be asked at all; the signal's reason when cancelled
 */
export async function verifyInstance(
  deps: VerifyDeps,
  instance: Instance,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { signal = new AbortController().signal } = options;
  const client = await connect(deps, instance, signal);
  const writer = await deps.openDryWriter();
  try {
    const runId = await startOn(writer, deps, instance);
    const { sample = SAMPLED_USERS, onProgress = (): void => undefined, random = Math.random } = options;
    return await verifyMirror(
      {
        instance,
        client,
        writer,
        runId,
        identities: await identitiesOf(instance, { writer, runId, salt: deps.salt }),
        privacy: PRIVACY[instance.privacy ?? 'full'],
        policy: deps.policy(instance),
        clock: deps.clock,
        differences: new Differences(),
        random,
        progress: onProgress,
      },
      sample,
    );
  } finally {
    await writer.close();
  }
}

/** The throw-away copy answers only in the name of a run. */
async function startOn(
  writer: MirrorWriter,
  { clock, clientVersion }: VerifyDeps,
  instance: Instance,
): Promise<string> {
  const runId = randomUUID();
  const startedAt = secondsOf(clock);
  await writer.startRun(
    {
      runId,
      instanceId: instance.id,
      kind: 'incremental',
      walk: 'complete',
      trigger: 'manual',
      startedAt,
      clientVersion,
    },
    projectionOf(instance),
  );
  return runId;
}
