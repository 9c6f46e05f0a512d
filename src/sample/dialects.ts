import { COLUMNS, type ColumnTable } from './columns';
import { DETAIL } from './http/replies';
import type { SampleVersion } from './versions';

/**
 * How the versions answer differently, as data: each version is the one before it plus what changed. A route or a view
 * looks here and never compares version numbers.
 */
export interface Dialect {
  /** The fields of each kind of row, in the order in which the server sends them. */
  readonly columns: ColumnTable;
  readonly hasDeploymentId: boolean;
  /** The `oauth` part of `/api/config`. */
  readonly configOauth: Readonly<Record<string, unknown>>;
  readonly hasReady: boolean;
  readonly gzip: boolean;
  readonly noCredentialStatus: 401 | 403;
  /** Seconds; null = for ever. */
  readonly tokenLife: number | null;
  /** Wrong passwords in three minutes before 429; null = no limit. */
  readonly signInTries: number | null;
  readonly acceptsKeyHeader: boolean;
  /** Whether `/api/v1/auths/` answers an API key. */
  readonly keyIsSession: boolean;
  readonly restrictedDetail: string;
  /** Whether a key that may use some paths only is refused at open ones too, such as the version. */
  readonly restrictsOpenPaths: boolean;
  /** Whether `/api/config` tells its gates to a token in the Authorization header. */
  readonly configReadsToken: boolean;
  /** Seconds during which `last_active_at` does not move again. */
  readonly activityThrottle: number;
  readonly usersPaged: boolean;
  readonly hasUsersAll: boolean;
  readonly userTotalFollowsQuery: boolean;
  /** Whether users are in no promised order when no `order_by` is sent. */
  readonly usersUnordered: boolean;
  /** Chats of others by `/api/v1/chats/{id}`. */
  readonly readsAnyChatById: boolean;
  readonly chatListPaging: 'skip-limit' | 'page';
  /** Whether `order_by` without `direction` mixes the rows up. */
  readonly chatListLosesOrder: boolean;
  readonly hidesInternalChats: boolean;
  readonly exportsSharedCopies: boolean;
  readonly sharedCopyOwner: 'prefixed' | 'owner';
  /** 0.12 adds authors to messages, hides `params` of others, repairs a dangling end. */
  readonly rewritesChats: boolean;
  readonly removesNul: boolean;
  readonly hasAnalytics: boolean;
  readonly analyticsCountsPeople: boolean;
  readonly workspaceModels: 'slash' | 'export';
  readonly modelsList: 'missing' | 'array' | 'paged';
  readonly hasModelsAll: boolean;
  /** What else a row of `/api/models` carries. */
  readonly liveModelExtras: Readonly<Record<string, unknown>>;
  /** Whether the provider's own row tells how it is connected. */
  readonly hasConnectionType: boolean;
  readonly knowledgePaged: boolean;
  readonly unknownKnowledgeStatus: 401 | 404;
  readonly knowledgeHasDirectories: boolean;
  readonly filesPaged: boolean;
  readonly hasFileSearch: boolean;
  /** What `data` of a file in a list holds. */
  readonly fileListData: 'content' | 'empty' | 'status' | 'status-error';
  readonly fileHashInMeta: boolean;
  readonly knowledgeFileData: 'content' | 'none';
  readonly feedbackIds: boolean;
  readonly feedbackAll: boolean;
  /** Whether an administrator may read a rating of another user by its id. */
  readonly feedbackByAnyId: boolean;
  readonly hasGroupExport: boolean;
  /** What the export of a group without members answers. */
  readonly emptyGroupExport: 'error' | 'list';
  readonly unknownGroupStatus: 401 | 404;
  readonly groupShareConfig: boolean;
  readonly groupPermissions: 'object' | 'null';
  readonly usage: 'missing' | 'user_ids' | 'user_count';
  /** How an answer tells that the model called tools: by citations, by marks in its text, by items of `output`. */
  readonly toolCalls: 'cited' | 'marked' | 'marked-items' | 'items';
  /** The `type` of a source that a web search found. */
  readonly webSearchType: 'web_search_results' | 'web_search';
}

const V0_5_20: Dialect = {
  columns: COLUMNS['0.5.20'],
  hasDeploymentId: false,
  configOauth: { providers: {} },
  hasReady: false,
  gzip: false,
  noCredentialStatus: 403,
  tokenLife: null,
  signInTries: null,
  acceptsKeyHeader: false,
  keyIsSession: true,
  restrictedDetail: DETAIL.keysOff,
  restrictsOpenPaths: false,
  configReadsToken: false,
  activityThrottle: 0,
  usersPaged: false,
  hasUsersAll: false,
  userTotalFollowsQuery: false,
  usersUnordered: false,
  readsAnyChatById: false,
  chatListPaging: 'skip-limit',
  chatListLosesOrder: false,
  hidesInternalChats: false,
  exportsSharedCopies: true,
  sharedCopyOwner: 'prefixed',
  rewritesChats: false,
  removesNul: false,
  hasAnalytics: false,
  analyticsCountsPeople: false,
  workspaceModels: 'slash',
  modelsList: 'missing',
  hasModelsAll: false,
  liveModelExtras: {},
  hasConnectionType: false,
  knowledgePaged: false,
  unknownKnowledgeStatus: 401,
  knowledgeHasDirectories: false,
  filesPaged: false,
  hasFileSearch: false,
  fileListData: 'content',
  fileHashInMeta: false,
  knowledgeFileData: 'content',
  feedbackIds: false,
  feedbackAll: true,
  feedbackByAnyId: false,
  hasGroupExport: false,
  emptyGroupExport: 'error',
  unknownGroupStatus: 401,
  groupShareConfig: false,
  groupPermissions: 'object',
  usage: 'missing',
  toolCalls: 'cited',
  webSearchType: 'web_search_results',
};

const V0_6_5: Dialect = {
  ...V0_5_20,
  columns: COLUMNS['0.6.5'],
  hasFileSearch: true,
  fileListData: 'empty',
  liveModelExtras: { tags: [] },
  webSearchType: 'web_search',
};

const V0_6_36: Dialect = {
  ...V0_6_5,
  columns: COLUMNS['0.6.36'],
  gzip: true,
  noCredentialStatus: 401,
  tokenLife: 28 * 86_400,
  configReadsToken: true,
  usersPaged: true,
  hasUsersAll: true,
  chatListPaging: 'page',
  chatListLosesOrder: true,
  workspaceModels: 'export',
  liveModelExtras: { tags: [], filters: [] },
  hasConnectionType: true,
  modelsList: 'array',
  fileListData: 'status',
  groupPermissions: 'null',
  feedbackByAnyId: true,
  usage: 'user_ids',
  toolCalls: 'marked',
};

const V0_7_2: Dialect = {
  ...V0_6_36,
  columns: COLUMNS['0.7.2'],
  hasDeploymentId: true,
  signInTries: 15,
  restrictedDetail: 'API key not allowed to access this endpoint.',
  restrictsOpenPaths: true,
  userTotalFollowsQuery: true,
  usersUnordered: true,
  removesNul: true,
  modelsList: 'paged',
  knowledgePaged: true,
  unknownKnowledgeStatus: 404,
  feedbackIds: true,
  hasGroupExport: true,
  usage: 'user_count',
};

const V0_8_12: Dialect = {
  ...V0_7_2,
  columns: COLUMNS['0.8.12'],
  hasReady: true,
  hasAnalytics: true,
  filesPaged: true,
  groupShareConfig: true,
  emptyGroupExport: 'list',
  toolCalls: 'marked-items',
};

const V0_9_6: Dialect = {
  ...V0_8_12,
  columns: COLUMNS['0.9.6'],
  configOauth: { providers: {}, auto_redirect: false },
  acceptsKeyHeader: true,
  restrictedDetail: DETAIL.prohibited,
  restrictsOpenPaths: false,
  readsAnyChatById: true,
  liveModelExtras: { tags: [], filters: [], provider: '' },
  exportsSharedCopies: false,
  sharedCopyOwner: 'owner',
  removesNul: false,
  knowledgeHasDirectories: true,
  fileHashInMeta: true,
  feedbackAll: false,
};

const V0_12_4: Dialect = {
  ...V0_9_6,
  columns: COLUMNS['0.12.4'],
  keyIsSession: false,
  unknownGroupStatus: 404,
  activityThrottle: 60,
  chatListLosesOrder: false,
  hidesInternalChats: true,
  rewritesChats: true,
  removesNul: true,
  analyticsCountsPeople: true,
  hasModelsAll: true,
  fileListData: 'status-error',
  toolCalls: 'items',
  knowledgeFileData: 'none',
};

const DIALECTS: Readonly<Record<SampleVersion, Dialect>> = {
  '0.5.20': V0_5_20,
  '0.6.5': V0_6_5,
  '0.6.36': V0_6_36,
  '0.7.2': V0_7_2,
  '0.8.12': V0_8_12,
  '0.9.6': V0_9_6,
  '0.12.4': V0_12_4,
};

export function dialectOf(version: SampleVersion): Dialect {
  return DIALECTS[version];
}
