import { systemClock } from '../../sync/engine/systemClock';
import type { Log } from '../log';
import { signInOnce } from './connection';
import { RenewingCredentials } from './renewal';
import type { CredentialStore } from './secrets';
import { tellRefused } from './signInReminder';

/** The credentials as requests use them: renewed when they are about to end. */
export function createAccess(store: CredentialStore, log: Log): RenewingCredentials {
  return new RenewingCredentials({
    store,
    signIn: ({ url }, login) => signInOnce(log, url, login),
    now: () => systemClock.now(),
    log,
    onRefused: tellRefused,
  });
}
