/** SQL of a text in an export with pseudonyms, made of the SQL of the text. */
type Treatment = (sql: string) => string;

/** Ids of things and fixed words: they name nobody. */
const kept: Treatment = (sql) => sql;
/** Written by somebody, but wanted: people's names and addresses in it are replaced, as in reports. */
const swept: Treatment = (sql) => `without_names(${sql})`;
/** The server's id of a person. */
const person: Treatment = (sql) => `pseudonym(${sql})`;
const removed: Treatment = () => 'NULL';
const emptied: Treatment = () => `'[]'`;
/** One of the server's words; a sentence is somebody's own. */
const word: Treatment = (sql) =>
  `CASE WHEN ${sql} NOT GLOB '*[^A-Za-z0-9_]*' AND length(${sql}) <= 40 THEN ${sql} END`;

const same = (treatment: Treatment, ...columns: readonly string[]): Readonly<Record<string, Treatment>> =>
  Object.fromEntries(columns.map((column) => [column, treatment]));

/**
 * What an export with pseudonyms holds of each column of text, whichever table has it. What the privacy mode `pseudonyms` keeps
 * back is not there (`purgeSteps.ts`); beyond it the server's ids of people are pseudonyms, as in reports.
 */
const EVERYWHERE: Readonly<Record<string, Treatment>> = {
  ...same(removed, 'email', 'title', 'description', 'comment', 'content', 'filename', 'error', 'note', 'tag'),
  ...same(emptied, 'tags', 'notes'),
  ...same(swept, 'model_id', 'base_model_id', 'sibling_model_ids', 'model', 'models', 'deployment'),
  ...same(swept, 'url', 'resource_id', 'scope', 'meter', 'meter_subcategory'),
  ...same(kept, 'remote_id', 'chat_remote_id', 'message_remote_id', 'folder_id', 'current_message_id'),
  ...same(kept, 'run_id', 'role', 'kind', 'use', 'source', 'status', 'trigger', 'walk', 'stream', 'state'),
  ...same(kept, 'reason', 'method', 'outcome', 'error_code', 'created_at_source', 'usage_dialect'),
  ...same(kept, 'privacy', 'version', 'server_version', 'client_version', 'content_type', 'month'),
  ...same(kept, 'currency', 'unit', 'service', 'publisher_type', 'charge_type', 'cost_type', 'cost_source'),
  ...same(kept, 'direction', 'driver'),
};

/** The same where a table means something else by a column. */
const OF_TABLE: Readonly<Record<string, Readonly<Record<string, Treatment>>>> = {
  instances: { name: swept },
  users: { remote_id: person, name: () => person('t.remote_id') },
  user_groups: { name: (sql) => `group_name(t.id, ${sql})` },
  message_sources: { remote_id: swept },
  v_sources: { remote_id: swept },
  feedback: { reason: word },
  models: {
    name: swept,
    owner: (sql) => `CASE WHEN t.source = 'workspace' THEN ${person(sql)} ELSE ${swept(sql)} END`,
  },
  knowledge_bases: { name: removed },
  cost_scopes: { name: swept },
  excluded_accounts: { remote_id: person },
  merged_accounts: { remote_id: person, person_remote_id: person },
  engagement_weights: { name: kept },
  holidays: { name: swept },
};

/** Whether it is said what becomes of a column; of one that nobody thought of nothing is exported. */
export function isDeclared(table: string, column: string): boolean {
  return treatmentOf(table, column) !== undefined;
}

/** SQL of a text that names nobody. @param sql of the text itself */
export function withoutNames(table: string, column: string, sql: string): string {
  return (treatmentOf(table, column) ?? removed)(sql);
}

function treatmentOf(table: string, column: string): Treatment | undefined {
  return OF_TABLE[table]?.[column] ?? EVERYWHERE[column];
}
