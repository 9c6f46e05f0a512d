import type { SchemaTable } from '../../../../../src/store/schema/schemaTypes';

function table(name: string, columns: readonly string[], more: Partial<SchemaTable> = {}): SchemaTable {
  return {
    name,
    kind: 'table',
    meaning: undefined,
    isInternal: false,
    columns: columns.map((column) => ({ name: column, type: 'TEXT', meaning: undefined })),
    ...more,
  };
}

/** A small mirror's schema. */
export const SCHEMA: readonly SchemaTable[] = [
  table('instances', ['id', 'name', 'url'], { meaning: 'an Open WebUI server' }),
  table('users', ['id', 'instance_id', 'name', 'role'], { meaning: 'an account' }),
  table('chats', ['id', 'instance_id', 'user_id', 'title']),
  {
    ...table('messages', ['id', 'chat_id', 'instance_id', 'content']),
    kind: 'view',
    columns: [
      { name: 'id', type: 'INTEGER', meaning: undefined },
      { name: 'chat_id', type: 'INTEGER', meaning: undefined },
      { name: 'instance_id', type: 'INTEGER', meaning: undefined },
      { name: 'input_tokens', type: 'INTEGER', meaning: 'as the provider reported them' },
      { name: 'created_at', type: 'TEXT', meaning: undefined },
    ],
  },
  table('message', ['id'], { isInternal: true }),
];

/** A text with `|` at the cursor. */
export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
