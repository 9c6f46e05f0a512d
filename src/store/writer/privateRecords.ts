import { isPersonHash, pseudonymOf } from '../instances/people';
import type { PrivacyRules } from '../instances/privacy';
import type {
  ChatRecord,
  FeedbackRecord,
  FileRecord,
  GroupRecord,
  KnowledgeBaseRecord,
  ModelRecord,
  UserRecord,
} from '../records';

/** A reason is one of the server's words, such as `too_long`; a sentence is somebody's own. */
const WORD = /^[A-Za-z0-9_]{1,40}$/u;

/** What a mode lets through of a user. For each record, and the same for rows in `purgeSteps.ts`. */
export function keptOfUser(rules: PrivacyRules, user: UserRecord): UserRecord {
  return rules.keepsNames ? user : { ...user, name: pseudonymOf(user.remoteId), email: undefined };
}

/** The chat without its messages' text: see {@link keptContent}. */
export function keptOfChat(rules: PrivacyRules, chat: ChatRecord): ChatRecord {
  return {
    ...chat,
    title: rules.keepsText ? chat.title : undefined,
    tags: rules.keepsNames ? chat.tags : [],
    folderId: rules.keepsIdentities ? chat.folderId : undefined,
    shareId: rules.keepsIdentities ? chat.shareId : undefined,
  };
}

/** Text of a message or title of a list; undefined where none is kept. */
export function keptContent(rules: PrivacyRules, text: string | undefined): string | undefined {
  return rules.keepsText ? text : undefined;
}

export function keptOfGroup(rules: PrivacyRules, group: GroupRecord): GroupRecord {
  return {
    ...group,
    name: rules.keepsIdentities ? group.name : undefined,
    description: keptContent(rules, group.description),
  };
}

export function keptOfFeedback(rules: PrivacyRules, feedback: FeedbackRecord): FeedbackRecord {
  return {
    ...feedback,
    comment: keptContent(rules, feedback.comment),
    reason: isWord(feedback.reason) ? feedback.reason : keptContent(rules, feedback.reason),
    tags: rules.keepsNames ? feedback.tags : [],
  };
}

function isWord(reason: string | undefined): boolean {
  return reason !== undefined && WORD.test(reason);
}

export function keptOfKnowledgeBase(rules: PrivacyRules, base: KnowledgeBaseRecord): KnowledgeBaseRecord {
  return {
    ...base,
    name: rules.keepsNames ? base.name : undefined,
    description: keptContent(rules, base.description),
  };
}

export function keptOfFile(rules: PrivacyRules, file: FileRecord): FileRecord {
  return rules.keepsNames ? file : { ...file, filename: undefined };
}

/** A workspace's model names the user who made it. */
export function keptOfModel(rules: PrivacyRules, model: ModelRecord): ModelRecord {
  const { owner, source } = model;
  const mayName =
    rules.keepsIdentities || source === 'provider' || owner === undefined || isPersonHash(owner);
  return mayName ? model : { ...model, owner: undefined };
}

/** Refuses the server's own id of a user where only its hash may be kept: a mistake must not become a leak. */
export function assertMayKeepId(rules: PrivacyRules, userRemoteId: string): void {
  if (!rules.keepsIdentities && !isPersonHash(userRemoteId)) {
    throw new Error("The privacy mode keeps no user ids, but one came with the server's own");
  }
}
