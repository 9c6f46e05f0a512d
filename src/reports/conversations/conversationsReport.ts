import { INSTANCE, PERSON, RANK, STEP } from '../columns';
import type { ColumnDefinition, ReportDefinition } from '../reportDefinition';
import lateInput from '../models/late_input.sql';
import { bothSpans } from '../sqlTemplate';
import abandoned from './abandoned.sql';
import again from './again.sql';
import byBucket from './by_bucket.sql';
import byFolder from './by_folder.sql';
import byTag from './by_tag.sql';
import { withChats, withSittings } from './fragments';
import lengths from './lengths.sql';
import longest from './longest.sql';
import sittings from './sittings.sql';
import totals from './totals.sql';
import totalsChats from './totals_chats.sql';

const CHAT: ColumnDefinition = {
  field: 'title',
  title: 'Chat',
  holds: 'title',
  link: { kind: 'chat', key: 'chat_id' },
};
const CHATS: ColumnDefinition = { field: 'chats', title: 'Chats', format: 'integer' };
const CHAT_SHARE: ColumnDefinition = {
  field: 'chat_share',
  title: 'Share',
  format: 'percent',
  definition: 'Chats of this row / chats of the period.',
};
const TURNS: ColumnDefinition = {
  field: 'path_turns',
  title: 'Turns',
  format: 'integer',
  definition: 'Turns on the path that the chat shows.',
};
const MESSAGES: ColumnDefinition = {
  field: 'path_messages',
  title: 'Messages',
  format: 'integer',
  definition: 'Turns and generations on the path that the chat shows.',
};
const LAST_MESSAGE: ColumnDefinition = { field: 'last_message_on', title: 'Last message' };

/** How conversations go: how long they are, what they are about, and how they end. */
export const conversationsReport: ReportDefinition = {
  id: 'conversations',
  title: 'Conversations',
  description:
    'How long conversations are, how they end, what they are about, and what is done twice in them.',
  headline: 'totals',
  facts: [],
  datasets: {
    totals: { title: 'Totals', sql: totalsChats + bothSpans(totals) },
    again: { title: 'Regenerations', sql: bothSpans(again) },
    by_bucket: { title: 'Chats over time', sql: withChats(byBucket) },
    lengths: { title: 'Length of chats', sql: withChats(lengths) },
    sittings: { title: 'Sittings', sql: bothSpans(withSittings(sittings)) },
    late_input: { title: 'Input of long chats', sql: lateInput },
    by_tag: { title: 'Tags', sql: withChats(byTag), rowLimit: 50 },
    by_folder: { title: 'Folders', sql: withChats(byFolder), rowLimit: 50 },
    longest: { title: 'Longest chats', sql: withChats(longest), rowLimit: 25 },
    abandoned: { title: 'Abandoned chats', sql: withChats(abandoned), rowLimit: 25 },
  },
  sections: [
    {
      id: 'totals',
      title: 'Totals',
      blocks: [
        {
          type: 'kpis',
          id: 'kpis',
          dataset: 'totals',
          tiles: [
            {
              metric: 'chats',
              note: '{archived_chats} archived, {shared_chats} shared, {deleted_chats} deleted',
            },
            {
              metric: 'messages_per_chat',
              note: 'median {median_messages_per_chat}, 90 % at most {p90_messages_per_chat}',
            },
            { metric: 'longest_chat' },
            { metric: 'single_turn_share', note: '{single_turn_chats} chats' },
            { metric: 'abandoned_share', note: '{unanswered_chats} unanswered, {failed_chats} failed' },
            { metric: 'rework' },
            { metric: 'edits' },
          ],
        },
        {
          type: 'kpis',
          id: 'again',
          dataset: 'again',
          tiles: [{ metric: 'regenerations', note: '{regeneration_rate} of first answers' }],
        },
      ],
    },
    {
      id: 'length',
      title: 'Length',
      blocks: [
        {
          type: 'chart',
          id: 'started',
          title: 'Chats begun',
          description: 'Chats by the day of their first message.',
          dataset: 'by_bucket',
          chart: { kind: 'lineTime', value: 'started_chats' },
          columns: [STEP, { field: 'started_chats', format: 'integer' }],
        },
        {
          type: 'chart',
          id: 'turnsPerChat',
          title: 'Turns per chat',
          description: 'Turns of each step by chats with a turn in it.',
          dataset: 'by_bucket',
          chart: { kind: 'lineTime', value: 'turns_per_chat' },
          columns: [
            STEP,
            { field: 'turns', format: 'integer' },
            {
              field: 'chats_with_turns',
              title: 'Chats',
              format: 'integer',
              definition: 'Chats with a turn in this step of time.',
            },
            { field: 'turns_per_chat', format: 'decimal' },
          ],
        },
        {
          type: 'chart',
          id: 'lengths',
          title: 'Length of chats',
          description: 'Chats by the turns on the path that they show.',
          dataset: 'lengths',
          chart: {
            kind: 'columns',
            category: 'turns',
            categoryTitle: 'Turns',
            value: { field: 'chats', title: 'Chats', format: 'integer' },
          },
          isWide: true,
          columns: [{ field: 'turns', title: 'Turns' }, CHATS, CHAT_SHARE],
        },
        {
          type: 'kpis',
          id: 'sittings',
          dataset: 'sittings',
          tiles: [
            { metric: 'sittings' },
            { metric: 'sittings_per_user' },
            { metric: 'median_turns_per_sitting' },
          ],
        },
        {
          type: 'kpis',
          id: 'lateInput',
          dataset: 'late_input',
          tiles: [{ metric: 'late_input_tokens', note: '{late_input_share} of all input' }],
        },
        {
          type: 'table',
          id: 'longest',
          title: 'Longest chats',
          description:
            'By messages on the path that they show; "All branches" counts edits and regenerations too.',
          dataset: 'longest',
          rowsAre: 'chats',
          columns: [
            RANK,
            CHAT,
            PERSON,
            INSTANCE,
            TURNS,
            MESSAGES,
            {
              field: 'tree_messages',
              title: 'All branches',
              format: 'integer',
              definition: 'Turns and generations on all branches.',
            },
            { field: 'edits', title: 'Edits', format: 'integer' },
            { field: 'first_message_on', title: 'First message' },
            LAST_MESSAGE,
          ],
        },
      ],
    },
    {
      id: 'ends',
      title: 'Ends',
      blocks: [
        {
          type: 'table',
          id: 'abandoned',
          title: 'Abandoned chats',
          description:
            'Chats that end with a turn, or with an answer that never ended or failed. The newest first; the 10 minutes before the last sync are left out.',
          dataset: 'abandoned',
          rowsAre: 'chats',
          columns: [
            CHAT,
            PERSON,
            INSTANCE,
            { field: 'outcome', title: 'End' },
            TURNS,
            MESSAGES,
            LAST_MESSAGE,
          ],
        },
      ],
    },
    {
      id: 'subjects',
      title: 'Subjects',
      blocks: [
        {
          type: 'table',
          id: 'tags',
          title: 'Tags',
          description: 'A chat with several tags counts for each.',
          dataset: 'by_tag',
          rowsAre: 'tags',
          columns: [
            RANK,
            { field: 'tag', title: 'Tag', holds: 'tag' },
            CHATS,
            CHAT_SHARE,
            { field: 'users', title: 'Users', format: 'integer', definition: 'Owners of these chats.' },
            { field: 'messages_per_chat', format: 'decimal' },
            { field: 'single_turn_share', format: 'percent' },
            { field: 'abandoned_share', format: 'percent' },
          ],
        },
        {
          type: 'table',
          id: 'folders',
          title: 'Folders',
          description: "Each folder is a user's own. Servers tell their ids, not their names.",
          dataset: 'by_folder',
          rowsAre: 'folders',
          columns: [
            RANK,
            { field: 'folder', title: 'Folder' },
            PERSON,
            INSTANCE,
            CHATS,
            CHAT_SHARE,
            { field: 'messages_per_chat', format: 'decimal' },
            LAST_MESSAGE,
          ],
        },
      ],
    },
  ],
  notes: [
    { fact: 'deleted_chats', text: 'Deleted chats stay in all numbers. In this period: {deleted_chats}.' },
  ],
};
