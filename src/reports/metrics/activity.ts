import type { MetricFamily } from './metric';

/** How much the servers are used. */
export const ACTIVITY = {
  active_users: {
    title: 'Active users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with at least one turn in the period. A person with two accounts counts twice, unless analysis.json merges them.',
    over: 't',
    sql: 'COUNT(DISTINCT {{user(t.user_id)}})',
  },
  turns: {
    title: 'Turns',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Messages written by users, on all branches of a chat: an edited message is one more turn. Deleted and archived chats count.',
    over: 't',
    sql: 'COUNT(*)',
  },
  generations: {
    title: 'Generations',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Answers of a model, on all branches of a chat: a regeneration and each of several models side by side counts, and so does an answer that failed. Deleted and archived chats count.',
    over: 'g',
    sql: 'COUNT(*)',
  },
  messages: {
    title: 'Messages',
    format: 'integer',
    comparison: 'relative',
    definition: 'Turns and generations together.',
    over: 'm',
    sql: `COUNT(*) FILTER (WHERE m.role IN ('user', 'assistant'))`,
  },
  chats: {
    title: 'Chats',
    format: 'integer',
    comparison: 'relative',
    definition: 'Chats with at least one message in the period, deleted and archived ones included.',
    over: 'm',
    sql: 'COUNT(DISTINCT m.chat_id)',
  },
  active_days: {
    title: 'Active days',
    format: 'integer',
    comparison: 'relative',
    definition: 'Days with at least one turn.',
    over: 't',
    sql: 'COUNT(DISTINCT t.day)',
  },
  copied_messages: {
    title: 'Copied messages',
    format: 'integer',
    comparison: 'none',
    definition:
      'Messages whose id stands in an older chat of the same instance: the chat was cloned or imported.',
    over: 'm',
    sql: 'COUNT(*) FILTER (WHERE m.is_copy = 1)',
  },
  undated_messages: {
    title: 'Messages without a usable time',
    format: 'integer',
    comparison: 'none',
    definition:
      "Messages without a time, or an impossible one: they count at their parent's or their chat's time.",
    over: 'm',
    sql: `COUNT(*) FILTER (WHERE m.created_at_source <> 'message')`,
  },
} as const satisfies MetricFamily;
