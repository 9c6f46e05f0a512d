import type { RemovalStep } from '../../store/writer/removalStep';

/**
 * Accounts that analysis.json names by the server's ids: the mirror writes these tables anew from that file, so that nothing
 * is left of who is not in it any more. `?1`: the instance.
 */
export const ACCOUNTS_OF_INSTANCE: readonly RemovalStep[] = [
  { table: 'excluded_accounts', rows: 'instance_id = ?1' },
  { table: 'merged_accounts', rows: 'instance_id = ?1 OR person_instance_id = ?1' },
];

/** The same of one account, `?2` the server's id. */
export const ACCOUNTS_OF_PERSON: readonly RemovalStep[] = [
  { table: 'excluded_accounts', rows: 'instance_id = ?1 AND remote_id = ?2' },
  {
    table: 'merged_accounts',
    rows: '(instance_id = ?1 AND remote_id = ?2) OR (person_instance_id = ?1 AND person_remote_id = ?2)',
  },
];
