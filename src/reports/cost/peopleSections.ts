import { INSTANCE, PERSON, RANK } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { CURRENCY, SPLIT, UNKNOWN, COVERAGE, SHARE } from './costColumns';

/** Whose use costs how much, and which conversations. */
export const usersSection: SectionDefinition = {
  id: 'users',
  title: 'Users and groups',
  blocks: [
    {
      type: 'chart',
      id: 'topUsers',
      title: 'Cost by user',
      description: 'The ten users whose use cost most.',
      dataset: 'main_users',
      chart: {
        kind: 'bars',
        label: 'label',
        value: 'cost',
        valueTitle: 'Cost',
        format: 'money',
        top: 10,
        click: { link: 'user', field: 'user_id' },
      },
      isWide: true,
      columns: [RANK, PERSON, INSTANCE, CURRENCY, { field: 'cost', format: 'money' }, SHARE],
    },
    {
      type: 'table',
      id: 'userTable',
      title: 'All users',
      description: 'Most expensive first.',
      dataset: 'by_user',
      rowsAre: 'users',
      columns: [
        RANK,
        PERSON,
        INSTANCE,
        CURRENCY,
        ...SPLIT,
        SHARE,
        { field: 'turns', format: 'integer' },
        { field: 'cost_per_turn', format: 'money' },
        UNKNOWN,
        COVERAGE,
      ],
    },
    {
      type: 'table',
      id: 'groupTable',
      title: 'All groups',
      description:
        'By present membership, also for days before somebody joined. Somebody in two groups counts in both, so that groups do not add up to the total.',
      dataset: 'by_group',
      rowsAre: 'groups',
      columns: [
        RANK,
        { field: 'group_name', title: 'Group', link: { kind: 'group', key: 'group_id' }, holds: 'group' },
        INSTANCE,
        CURRENCY,
        {
          field: 'members',
          title: 'Members with a generation',
          format: 'integer',
          definition: 'Present members of the group with a generation in the period.',
        },
        ...SPLIT,
        {
          field: 'cost_per_member',
          title: 'Per such member',
          format: 'money',
          definition: 'Cost / these members.',
        },
        UNKNOWN,
        COVERAGE,
      ],
    },
  ],
};

export const conversationsSection: SectionDefinition = {
  id: 'conversations',
  title: 'Conversations',
  blocks: [
    {
      type: 'table',
      id: 'chatSpreadTable',
      title: 'Cost of a conversation',
      description:
        'Of conversations with a known cost: the cost of all their branches in the period. Half of them cost at most the median.',
      dataset: 'chat_spread',
      rowsAre: 'currencies',
      columns: [
        CURRENCY,
        {
          field: 'priced_chats',
          title: 'Conversations',
          format: 'integer',
          definition: 'Conversations with a known cost in this currency.',
        },
        {
          field: 'mean_cost',
          title: 'Mean',
          format: 'money',
          definition: 'Known cost / these conversations.',
        },
        {
          field: 'median_cost',
          title: 'Median',
          format: 'money',
          definition: 'Half of these conversations cost at most as much.',
        },
        {
          field: 'p90_cost',
          title: '90 % at most',
          format: 'money',
          definition: 'Nine of ten of these conversations cost at most as much.',
        },
        {
          field: 'p95_cost',
          title: '95 % at most',
          format: 'money',
          definition: '19 of 20 of these conversations cost at most as much.',
        },
        {
          field: 'most_cost',
          title: 'Most',
          format: 'money',
          definition: 'Cost of the dearest of these conversations.',
        },
      ],
    },
    {
      type: 'table',
      id: 'chatTable',
      title: 'Most expensive conversations',
      description: 'Cost of their generations in the period.',
      dataset: 'chats',
      rowsAre: 'conversations',
      columns: [
        RANK,
        { field: 'title', title: 'Conversation', link: { kind: 'chat', key: 'chat_id' }, holds: 'title' },
        PERSON,
        INSTANCE,
        CURRENCY,
        ...SPLIT,
        {
          field: 'tokens',
          title: 'Tokens',
          format: 'compact',
          definition: 'Input and output tokens, as far as providers tell them.',
        },
        UNKNOWN,
      ],
    },
  ],
};
