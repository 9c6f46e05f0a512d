import * as l10n from '@vscode/l10n';
import type { Credential } from '../../sync/engine/syncTypes';
import { systemClock } from '../../sync/engine/systemClock';
import { signIn } from '../../sync/openwebui/auth';
import { OpenWebUiClient } from '../../sync/openwebui/client';
import type { ConnectionProblem, ConnectionReport } from '../../sync/openwebui/connectionReport';
import { isFailure } from '../../sync/openwebui/failures';
import { probeConnection } from '../../sync/openwebui/probeConnection';
import type { Log } from '../log';
import { readSettings } from '../readSettings';
import { parseRequestPolicy } from '../settings';
import { withCancel } from '../withCancel';
import type { Login } from './credentialRecord';
import type { Draft } from './questions';

/** A tested way in, or what is in its way. */
export type ConnectionAttempt =
  | { readonly kind: 'connected'; readonly credential: Credential; readonly report: ConnectionReport }
  | { readonly kind: 'refused'; readonly problem: ConnectionProblem };

/**
 * Signs in where that is needed, then tries what a sync would read. Shows that it is at work; can be cancelled.
 * @throws AbortError when cancelled
 */
export async function attemptConnection(log: Log, url: string, draft: Draft): Promise<ConnectionAttempt> {
  return withCancel(l10n.t('Connecting to {0}', new URL(url).host), async (signal) => {
    const options = { url, policy: parseRequestPolicy(readSettings()), clock: systemClock, log, signal };
    try {
      log.protect(draft.password ?? '');
      const credential = await credentialOf(draft, options);
      log.protect(credential.value);
      const report = await probeConnection({ ...options, credential });
      return report.problem === undefined
        ? { kind: 'connected', credential, report }
        : { kind: 'refused', problem: report.problem };
    } catch (error) {
      if (isFailure(error)) {
        return { kind: 'refused', problem: { code: error.code, message: error.message } };
      }
      throw error;
    }
  });
}

/** Tries what a sync would read with a credential that is at hand. @throws AbortError when cancelled */
export function testCredential(log: Log, url: string, credential: Credential): Promise<ConnectionReport> {
  return withCancel(l10n.t('Connecting to {0}', new URL(url).host), (signal) =>
    probeConnection({
      url,
      credential,
      policy: parseRequestPolicy(readSettings()),
      clock: systemClock,
      log,
      signal,
    }),
  );
}

/** Signs in with one request, without asking anybody. @throws OpenWebUiError */
export function signInOnce(log: Log, url: string, { email, password }: Login): Promise<Credential> {
  const client = new OpenWebUiClient({
    url,
    policy: parseRequestPolicy(readSettings()),
    clock: systemClock,
    log,
  });
  return signIn(client, email, password);
}

async function credentialOf(
  draft: Draft,
  options: ConstructorParameters<typeof OpenWebUiClient>[0],
): Promise<Credential> {
  return draft.method === 'password'
    ? signIn(new OpenWebUiClient(options), draft.email ?? '', draft.password ?? '')
    : { kind: 'apiKey', value: draft.apiKey ?? '' };
}
