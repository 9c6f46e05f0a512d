import type { MetricFamily } from './metric';

/** What messages use besides models (`s`), and what the servers hold for it. */
export const KNOWLEDGE = {
  knowledge_bases: {
    title: 'Knowledge bases',
    format: 'integer',
    comparison: 'none',
    definition:
      'Knowledge bases on the servers at the last sync. With a filter of users, groups or roles: those that they own, or used in the period or the span before.',
  },
  library_files: {
    title: 'Files',
    format: 'integer',
    comparison: 'none',
    definition:
      'Files on the servers at the last sync, in knowledge bases or uploaded to chats. With a filter of users, groups or roles: those that they own, or used in the period or the span before.',
  },
  library_bytes: {
    title: 'Size of files',
    format: 'bytes',
    comparison: 'none',
    definition: 'Sum of the sizes of these files, as far as the servers tell them.',
  },
  unused_bytes: {
    title: 'Unused size',
    format: 'bytes',
    comparison: 'none',
    definition:
      'Sum of the sizes of files that no message is known to have used, whenever. A file of a knowledge base counts as used once an answer was given something from it.',
  },
  used_base_share: {
    title: 'Bases used',
    format: 'percent',
    comparison: 'points',
    definition:
      'Knowledge bases that a turn of the period carries, or of which an answer was given something / knowledge bases.',
  },
  used_file_share: {
    title: 'Files used',
    format: 'percent',
    comparison: 'points',
    definition: 'Files that a turn of the period carries, or of which an answer was given something / files.',
  },
  retrieval_turns: {
    title: 'Turns with retrieval',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Turns with an answer that was given something from a file or a knowledge base. Known where the sources of messages are known: see the coverage.',
    over: 's',
    sql: `COUNT(DISTINCT s.turn_id) FILTER (WHERE s.use = 'cited' AND s.kind IN ('file', 'knowledge'))`,
  },
  knowledge_reach: {
    title: 'Knowledge reach',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with a turn that carries a knowledge base or one of its files, or whose answer was given something of it.',
    over: 's',
    sql: 'COUNT(DISTINCT {{user(s.user_id)}}) FILTER (WHERE s.knowledge_base_id IS NOT NULL)',
  },
  web_searches: {
    title: 'Web searches',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Distinct answers for which the web was searched, once or more often. What was searched and found is not kept.',
    over: 's',
    sql: `COUNT(DISTINCT s.message_id) FILTER (WHERE s.kind = 'web' AND s.use = 'called' AND s.is_copy = 0)`,
  },
  tool_calls: {
    title: 'Tool calls',
    format: 'integer',
    comparison: 'relative',
    definition: 'Calls of tools by distinct answers. A call that a copied chat repeats counts once.',
    over: 's',
    sql: `COALESCE(SUM(s.times) FILTER (WHERE s.kind = 'tool' AND s.is_copy = 0), 0)`,
  },
  tool_answers: {
    title: 'Answers with tools',
    format: 'integer',
    comparison: 'relative',
    definition: 'Distinct answers that called a tool.',
    over: 's',
    sql: `COUNT(DISTINCT s.message_id) FILTER (WHERE s.kind = 'tool' AND s.is_copy = 0)`,
  },
  source_turns: {
    title: 'Turns',
    format: 'integer',
    comparison: 'relative',
    definition: 'Turns that carry it, or with an answer that was given something of it.',
    over: 's',
    sql: 'COUNT(DISTINCT s.turn_id)',
  },
  source_users: {
    title: 'Users',
    format: 'integer',
    comparison: 'relative',
    definition: 'Users with such a turn.',
    over: 's',
    sql: 'COUNT(DISTINCT {{user(s.user_id)}})',
  },
  source_coverage: {
    title: 'Known sources',
    format: 'percent',
    comparison: 'none',
    definition:
      'Turns in chats that were read since the mirror notes what messages use / turns. A full sync reads all chats that are not deleted.',
    over: 't',
    sql: `1.0 * COUNT(*) FILTER (WHERE t.chat_id NOT IN (SELECT h.id FROM main.chats h WHERE h.has_sources = 0))
      / NULLIF(COUNT(*), 0)`,
  },
} as const satisfies MetricFamily;
