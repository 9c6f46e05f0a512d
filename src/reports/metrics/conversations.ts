import type { MetricFamily } from './metric';

/**
 * Conversations as wholes: `v` stands for a row of `v_chats`. The path is the branch that a chat shows; volume is that of
 * all branches, length and outcome that of the path.
 */
export const CONVERSATIONS = {
  messages_per_chat: {
    title: 'Messages per chat',
    format: 'decimal',
    comparison: 'relative',
    definition:
      'Turns and generations on the path that the chats of the period show / these chats. Chats of the period are those with a message in it; each counts as a whole, with its messages before and after. A filter on models picks chats in which one of them answered.',
    sql: '1.0 * SUM(v.path_messages) / COUNT(v.path_messages)',
  },
  median_messages_per_chat: {
    title: 'Median messages per chat',
    format: 'integer',
    comparison: 'relative',
    definition: 'Half of the chats of the period have at most as many messages on their path.',
  },
  p90_messages_per_chat: {
    title: '90th percentile of messages per chat',
    format: 'integer',
    comparison: 'relative',
    definition: 'Nine of ten chats of the period have at most as many messages on their path.',
  },
  longest_chat: {
    title: 'Longest chat',
    format: 'integer',
    comparison: 'relative',
    definition: 'Most messages on the path of a chat of the period.',
    sql: 'MAX(v.path_messages)',
  },
  single_turn_chats: {
    title: 'Single-turn chats',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats of the period with one turn on their path.',
    sql: 'COUNT(*) FILTER (WHERE v.path_turns = 1)',
  },
  single_turn_share: {
    title: 'Single-turn share',
    format: 'percent',
    comparison: 'points',
    definition:
      'Single-turn chats / chats with a path. A quick question, or one that failed: read it with ratings.',
    sql: '1.0 * {{single_turn_chats}} / NULLIF(COUNT(v.path_turns), 0)',
  },
  unanswered_chats: {
    title: 'Unanswered chats',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Chats of the period whose path ends with a turn, or with an answer that never ended, 10 minutes or more before the last sync.',
    sql: `COUNT(*) FILTER (WHERE v.outcome = 'unanswered')`,
  },
  failed_chats: {
    title: 'Chats that end in an error',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats of the period whose path ends with an answer that failed.',
    sql: `COUNT(*) FILTER (WHERE v.outcome = 'failed')`,
  },
  abandoned_chats: {
    title: 'Abandoned chats',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Chats of the period that end without an answer: unanswered ones and those that end in an error.',
    sql: '({{unanswered_chats}} + {{failed_chats}})',
  },
  abandoned_share: {
    title: 'Abandoned',
    format: 'percent',
    comparison: 'points',
    definition:
      'Abandoned chats / chats whose end is known. Chats still waiting for an answer within 10 minutes of the last sync are left out.',
    sql: `1.0 * {{abandoned_chats}} / NULLIF(COUNT(*) FILTER (WHERE v.outcome <> 'open'), 0)`,
  },
  rework: {
    title: 'Rework',
    format: 'decimal',
    comparison: 'relative',
    definition:
      'Messages on all branches / messages on the path, of the chats of the period: 1 means that nothing was edited, regenerated or asked of several models.',
    sql: '1.0 * SUM(v.messages) FILTER (WHERE v.path_messages > 0) / SUM(v.path_messages)',
  },
  edits: {
    title: 'Edits',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Turns of the chats of the period that stand beside another one: other wordings of the same turn.',
    sql: 'COALESCE(SUM(v.edits), 0)',
  },
  archived_chats: {
    title: 'Archived chats',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats of the period that are archived now.',
    sql: 'COUNT(*) FILTER (WHERE v.is_archived = 1)',
  },
  shared_chats: {
    title: 'Shared chats',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Chats of the period that are shared by a link now. The privacy mode "counts" does not keep it.',
    sql: 'COUNT(*) FILTER (WHERE v.is_shared = 1)',
  },
  deleted_chats: {
    title: 'Deleted chats',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats of the period that were deleted since. They stay in all numbers.',
    sql: 'COUNT(*) FILTER (WHERE v.is_deleted = 1)',
  },
  started_chats: {
    title: 'Chats begun',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats whose first message lies in the step.',
  },
  turns_per_chat: {
    title: 'Turns per chat',
    format: 'decimal',
    comparison: 'relative',
    definition: 'Turns of the step / chats with a turn in it.',
  },
  sittings: {
    title: 'Sittings',
    format: 'integer',
    comparison: 'relative',
    definition:
      'A sitting is a run of turns of one user with less than 30 minutes between two of them, in any chats. Only turns of the period.',
  },
  sittings_per_user: {
    title: 'Sittings per active user',
    format: 'decimal',
    comparison: 'relative',
    definition: 'Sittings / users with at least one turn in the period.',
  },
  median_turns_per_sitting: {
    title: 'Median turns per sitting',
    format: 'integer',
    comparison: 'relative',
    definition: 'Half of the sittings have at most as many turns.',
  },
} as const satisfies MetricFamily;
