/**
 * What of people and their words an instance's mirror may hold. What a mode excludes never reaches the database.
 * From most to least.
 */
export const PRIVACY_MODES = ['full', 'names', 'pseudonyms', 'counts'] as const;
export type PrivacyMode = (typeof PRIVACY_MODES)[number];

/** What a mode keeps. */
export interface PrivacyRules {
  /** Text of messages, titles of chats, comments of ratings, descriptions of knowledge bases and groups. */
  readonly keepsText: boolean;
  /** Names and e-mail addresses of users, names of files and knowledge bases, tags. */
  readonly keepsNames: boolean;
  /** The server's ids of users, names of groups, ids of folders and share links. */
  readonly keepsIdentities: boolean;
}

export const PRIVACY: Readonly<Record<PrivacyMode, PrivacyRules>> = {
  full: { keepsText: true, keepsNames: true, keepsIdentities: true },
  names: { keepsText: false, keepsNames: true, keepsIdentities: true },
  pseudonyms: { keepsText: false, keepsNames: false, keepsIdentities: true },
  counts: { keepsText: false, keepsNames: false, keepsIdentities: false },
};

/** Whether `to` holds less than `from`: what is stored already must then be purged. */
export function isStricter(to: PrivacyMode, from: PrivacyMode): boolean {
  return PRIVACY_MODES.indexOf(to) > PRIVACY_MODES.indexOf(from);
}
