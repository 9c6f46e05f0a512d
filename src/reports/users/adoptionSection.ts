import { INSTANCE, PERSON } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { ACCOUNTS, ACCOUNT_SHARE, EMAIL } from './accountColumns';

/** How far accounts have come, and which are not used. */
export const adoptionSection: SectionDefinition = {
  id: 'adoption',
  title: 'Adoption',
  blocks: [
    {
      type: 'chart',
      id: 'funnel',
      title: 'Adoption funnel',
      description:
        'Accounts that were ever seen, wrote a turn, and were active on three days of their first 14; habitual and power users as they are now.',
      dataset: 'funnel',
      chart: {
        kind: 'bars',
        label: 'step',
        value: 'accounts',
        valueTitle: 'Accounts',
        format: 'integer',
        top: 6,
      },
      isWide: true,
      columns: [{ field: 'step', title: 'Step' }, ACCOUNTS, ACCOUNT_SHARE],
    },
    {
      type: 'kpis',
      id: 'firstTurn',
      dataset: 'first_turn',
      tiles: [{ metric: 'days_to_first_turn', note: 'median of {users_with_first_turn} accounts' }],
    },
    {
      type: 'kpis',
      id: 'dormantAccounts',
      dataset: 'dormant',
      tiles: [{ metric: 'dormant_30' }, { metric: 'dormant_60' }, { metric: 'dormant_90' }],
    },
    {
      type: 'table',
      id: 'idle',
      title: 'Unused accounts',
      description:
        'Accounts without a turn ever, 14 days after they were made, or without one for 30 days. The longest unused first.',
      dataset: 'idle',
      rowsAre: 'accounts',
      columns: [
        PERSON,
        EMAIL,
        INSTANCE,
        { field: 'role', title: 'Role' },
        { field: 'state', title: 'State' },
        { field: 'created_on', title: 'Created' },
        { field: 'last_active_at', title: 'Last seen' },
        { field: 'last_turn_on', title: 'Last turn' },
        {
          field: 'days_since',
          title: 'Days since',
          format: 'integer',
          definition: 'Days from the last turn to the end of the period.',
        },
      ],
    },
  ],
};
