import type { ColumnDefinition } from '../reportDefinition';

/** Columns of several tables about accounts. */
export const EMAIL: ColumnDefinition = { field: 'email', title: 'E-mail', holds: 'email' };
export const ACCOUNTS: ColumnDefinition = {
  field: 'accounts',
  title: 'Accounts',
  format: 'integer',
  definition: 'Accounts in this row, of those that the filters leave; deleted ones are left out.',
};
export const ACCOUNT_SHARE: ColumnDefinition = {
  field: 'account_share',
  title: 'Share',
  format: 'percent',
  definition: 'Accounts in this row / all of these accounts.',
};
