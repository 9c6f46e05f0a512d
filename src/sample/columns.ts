import type { SampleVersion } from './versions';

type Columns = readonly string[];

/** The fields of every kind of row, in the server's order. A field that the sample knows nothing of is null. */
export interface ColumnTable {
  /** Rows of `/api/v1/users/`. */
  readonly user: Columns;
  /** Rows of `/api/v1/users/all`. */
  readonly userBrief: Columns;
  /** The answer of `/api/v1/users/{id}`. */
  readonly userOne: Columns;
  /** The `user` inside a feedback of `feedbacks/all`; empty = not sent. */
  readonly feedbackUser: Columns;
  /** The `user` inside knowledge bases, models and files. */
  readonly owner: Columns;
  readonly chatItem: Columns;
  readonly chat: Columns;
  readonly model: Columns;
  readonly modelExport: Columns;
  readonly modelMeta: Columns;
  readonly modelExtra: Columns;
  readonly knowledge: Columns;
  readonly knowledgeOne: Columns;
  readonly knowledgeFileBrief: Columns;
  readonly knowledgeFile: Columns;
  readonly fileOne: Columns;
  readonly group: Columns;
  readonly folder: Columns;
}

const words = (text: string): Columns => text.split(' ');

const STATUS = 'status_emoji status_message status_expires_at';
const OLD_USER =
  'id name email role profile_image_url last_active_at updated_at created_at api_key settings info oauth_sub';
const PROFILE = 'profile_banner_image_url bio gender date_of_birth timezone presence_state';
const FILE = 'id user_id hash filename data meta created_at updated_at';
const MODEL = 'id user_id base_model_id name params meta access_control is_active updated_at created_at';

const V0_5_20: ColumnTable = {
  user: words(OLD_USER),
  userBrief: [],
  userOne: words('name profile_image_url active'),
  feedbackUser: words(OLD_USER),
  owner: words('id name email role profile_image_url'),
  chatItem: words('id title updated_at created_at'),
  chat: words('id user_id title chat updated_at created_at share_id archived pinned meta folder_id'),
  model: words(MODEL),
  modelExport: words(MODEL),
  modelMeta: words('profile_image_url description capabilities tags knowledge'),
  modelExtra: words('user'),
  knowledge: words('id user_id name description data meta access_control created_at updated_at user files'),
  knowledgeOne: words('id user_id name description data meta access_control created_at updated_at files'),
  knowledgeFileBrief: words('id meta created_at updated_at'),
  knowledgeFile: words('id user_id hash filename path data meta access_control created_at updated_at'),
  fileOne: words('id user_id hash filename path data meta access_control created_at updated_at'),
  group: words('id user_id name description permissions data meta user_ids created_at updated_at'),
  folder: words('id parent_id user_id name items meta is_expanded created_at updated_at'),
};

const V0_6_5: ColumnTable = {
  ...V0_5_20,
  feedbackUser: words('id name email role last_active_at updated_at created_at'),
};

const V0_6_36: ColumnTable = {
  ...V0_6_5,
  user: words(
    'id name email username role profile_image_url bio gender date_of_birth info settings api_key oauth_sub last_active_at updated_at created_at',
  ),
  userBrief: words('id name email role'),
  knowledgeFileBrief: words('id hash meta created_at updated_at'),
  knowledgeFile: words('id hash meta created_at updated_at'),
  folder: words('id name meta parent_id is_expanded created_at updated_at'),
};

const V0_7_2: ColumnTable = {
  ...V0_6_36,
  user: words(
    `id email username role name profile_image_url ${PROFILE} ${STATUS} info settings oauth last_active_at updated_at created_at group_ids`,
  ),
  userBrief: words(`${STATUS} id name email role`),
  userOne: words(
    `${STATUS} name profile_image_url groups is_active id email username role ${PROFILE} info settings oauth last_active_at updated_at created_at`,
  ),
  feedbackUser: [],
  owner: words('id name role email'),
  modelExtra: words('user write_access'),
  knowledge: words('id user_id name description meta access_control created_at updated_at user write_access'),
  knowledgeOne: words(
    'id user_id name description meta access_control created_at updated_at files write_access',
  ),
  knowledgeFile: words(`${FILE} user path access_control`),
  group: words('id user_id name description data meta permissions created_at updated_at member_count'),
};

const V0_8_12: ColumnTable = {
  ...V0_7_2,
  user: withAfter(V0_7_2.user, 'oauth', 'scim'),
  userOne: withAfter(V0_7_2.userOne, 'oauth', 'scim'),
  userBrief: words(`${STATUS} id name email role bio groups is_active`),
  model: grants(V0_7_2.model),
  modelExport: grants(V0_7_2.model),
  knowledge: grants(V0_7_2.knowledge),
  knowledgeOne: grants(V0_7_2.knowledgeOne),
  knowledgeFile: words(`${FILE} user path`),
  fileOne: words('id user_id hash filename path data meta created_at updated_at'),
};

const V0_9_6: ColumnTable = {
  ...V0_8_12,
  chatItem: words('id title updated_at created_at last_read_at'),
  chat: [...V0_8_12.chat, 'tasks', 'summary'],
};

const V0_12_4: ColumnTable = {
  ...V0_9_6,
  userBrief: words(`${STATUS} id name email role bio last_active_at timezone groups is_active`),
  chatItem: words('id title updated_at created_at last_read_at snippet active archived'),
  chat: words(
    'id user_id title chat updated_at created_at share_id archived pinned meta variables folder_id tasks summary current_message_id context_usage',
  ),
  model: ['version_id', ...V0_9_6.model],
  modelExport: ['version_id', ...V0_9_6.model, 'background_image_data'],
  modelMeta: words(
    'profile_image_url background_image_url description i18n capabilities knowledge voice voice_avatar tags',
  ),
  knowledge: withAfter(V0_9_6.knowledge, 'user', 'file_count'),
  knowledgeFile: words(`${FILE} directory_id directory_path has_original user`),
  group: ['parent_group_id', ...V0_9_6.group],
  folder: words('id name meta parent_id is_expanded unread_count created_at updated_at'),
};

/** The columns by version. */
export const COLUMNS: Readonly<Record<SampleVersion, ColumnTable>> = {
  '0.5.20': V0_5_20,
  '0.6.5': V0_6_5,
  '0.6.36': V0_6_36,
  '0.7.2': V0_7_2,
  '0.8.12': V0_8_12,
  '0.9.6': V0_9_6,
  '0.12.4': V0_12_4,
};

/** The columns of a file in a list, the same in all versions. */
export const FILE_COLUMNS: Columns = words(FILE);

/** Keeps the named fields, in that order; what is not known is null. */
export function project(
  fields: Readonly<Record<string, unknown>>,
  columns: Columns,
): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, fields[column] ?? null]));
}

function withAfter(columns: Columns, anchor: string, added: string): Columns {
  return columns.flatMap((column) => (column === anchor ? [column, added] : [column]));
}

/** From 0.8 the rights are a list of grants. */
function grants(columns: Columns): Columns {
  return columns.map((column) => (column === 'access_control' ? 'access_grants' : column));
}
