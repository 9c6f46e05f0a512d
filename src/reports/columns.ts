import type { ColumnDefinition } from './reportDefinition';

/** Columns that many tables share: the same words, links and privacy everywhere. */
export const STEP: ColumnDefinition = { field: 'label', title: 'When' };
export const RANK: ColumnDefinition = { field: 'rank', title: '#', format: 'integer' };
export const INSTANCE: ColumnDefinition = {
  field: 'instance',
  title: 'Instance',
  isForSeveral: true,
  link: { kind: 'instance', key: 'instance_id' },
};
export const PERSON: ColumnDefinition = {
  field: 'user',
  title: 'User',
  holds: 'person',
  link: { kind: 'user', key: 'user_id' },
};
export const MODEL: ColumnDefinition = {
  field: 'model',
  title: 'Model',
  link: { kind: 'model', key: 'model_id' },
};
