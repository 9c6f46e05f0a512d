import type { Instance } from '../../store/instances/instance';
import { OpenWebUiClient } from '../openwebui/client';
import { OpenWebUiError } from '../openwebui/failures';
import type { SyncCoordinatorDeps } from './coordinatorTypes';

/** What a client of an instance is made of. */
export type ConnectDeps = Pick<SyncCoordinatorDeps, 'credentials' | 'fetch' | 'clock' | 'log' | 'policy'>;

/**
 * Finds an instance's credential and makes its client. Asks no server.
 * @throws OpenWebUiError `keyMissing`, `badAddress`
 */
export async function connect(
  { credentials, fetch, clock, log, policy }: ConnectDeps,
  instance: Instance,
  signal: AbortSignal,
): Promise<OpenWebUiClient> {
  const credential = await credentials.get(instance);
  const client = new OpenWebUiClient({
    url: instance.url,
    credential,
    policy: policy(instance),
    clock,
    log,
    fetch,
    signal,
  });
  if (!client.hasCredential) {
    throw new OpenWebUiError('keyMissing', { host: client.host });
  }
  return client;
}
