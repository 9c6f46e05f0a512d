import { randomBytes } from 'node:crypto';
import { PRIVACY, type PrivacyMode } from '../../store/instances/privacy';
import { PURGE_STEPS } from '../../store/writer/purgeSteps';
import type { RemovalStep } from '../../store/writer/removalStep';
import { ACCOUNTS_OF_INSTANCE } from './accounts';
import functions from './functions.sql';
import { forgetHashes, removeIn, type RemovalTarget } from './removalTarget';

/**
 * Empties what a mode excludes of an instance, and all hashes of its rows, which are made of what they held. Hashed ids of
 * users are others than the mirror's, and nobody can tell whose they are: of people whom the mirror still has the same push
 * brings its own.
 */
export async function tightenPrivacyIn(
  target: RemovalTarget,
  instanceId: number,
  mode: PrivacyMode,
): Promise<void> {
  const rules = PRIVACY[mode];
  await target.client.query(functions);
  await target.client.query(`SELECT set_config('openwebui_sync.salt', $1, true)`, [
    randomBytes(32).toString('hex'),
  ]);
  for (const step of PURGE_STEPS.filter(({ rule }) => !rules[rule])) {
    await removeIn(target, step.setsKey === true ? withoutRows(step) : step, [instanceId]);
  }
  for (const step of rules.keepsIdentities ? [] : ACCOUNTS_OF_INSTANCE) {
    await removeIn(target, step, [instanceId]);
  }
  await forgetHashes(target, instanceId);
}

/** A row under another key would be a second one beside the mirror's, which knows the right key: it goes. */
function withoutRows({ table, rows }: RemovalStep): RemovalStep {
  return { table, rows };
}
