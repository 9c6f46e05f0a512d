import { INSTANCE, PERSON, RANK } from '../columns';
import type { SectionDefinition } from '../reportDefinition';

/** Who uses the instances. */
export const USERS_SECTION: SectionDefinition = {
  id: 'users',
  title: 'Users',
  blocks: [
    {
      type: 'chart',
      id: 'topUsers',
      title: 'Top users',
      description: 'The ten users with the most turns.',
      dataset: 'by_user',
      chart: {
        kind: 'bars',
        label: 'label',
        value: 'turns',
        valueTitle: 'Turns',
        format: 'integer',
        top: 10,
        click: { link: 'user', field: 'user_id' },
      },
      isWide: true,
      columns: [RANK, PERSON, INSTANCE, { field: 'turns', format: 'integer' }],
    },
    {
      type: 'table',
      id: 'userTable',
      title: 'All users',
      description: 'Most turns first.',
      dataset: 'by_user',
      rowsAre: 'users',
      columns: [
        RANK,
        PERSON,
        { field: 'email', title: 'E-mail', holds: 'email' },
        INSTANCE,
        { field: 'role', title: 'Role' },
        { field: 'turns', format: 'integer' },
        { field: 'generations', format: 'integer' },
        { field: 'chats', format: 'integer' },
        { field: 'active_days', format: 'integer' },
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
        { field: 'usage_coverage', format: 'percent' },
        { field: 'last_turn_at', title: 'Last turn' },
      ],
    },
  ],
};
