import { INSTANCE, MODEL, PERSON, RANK } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { MATRIX_MODELS, MATRIX_USERS } from './datasets';

/** How evenly use is spread, and who uses which models. */
export const spreadSection: SectionDefinition = {
  id: 'spread',
  title: 'Spread',
  blocks: [
    {
      type: 'kpis',
      id: 'concentration',
      dataset: 'concentration',
      tiles: [{ metric: 'top_tenth_share' }, { metric: 'users_for_80' }, { metric: 'gini' }],
    },
    {
      type: 'chart',
      id: 'lorenz',
      title: 'Lorenz curve',
      description: 'The share of turns that the least active users wrote. Equal use is a straight line.',
      dataset: 'lorenz',
      chart: {
        kind: 'scatter',
        label: 'label',
        labelTitle: 'Users',
        x: { field: 'user_share', title: 'Share of users', format: 'percent' },
        y: { field: 'turn_share', title: 'Share of turns', format: 'percent' },
      },
      isWide: true,
      columns: [
        { field: 'label', title: 'Users' },
        { field: 'user_share', title: 'Share of users', format: 'percent' },
        {
          field: 'turn_share',
          title: 'Share of turns',
          format: 'percent',
          definition:
            "Turns of this row / all turns; in a user's row those that the model answered / all answered turns of the user.",
        },
      ],
    },
    {
      type: 'chart',
      id: 'userModelMatrix',
      title: 'Who uses which models',
      description: `Turns answered, of the ${MATRIX_USERS} most active users by the ${MATRIX_MODELS} most used models. The table has all.`,
      dataset: 'most_used_models',
      chart: {
        kind: 'matrix',
        from: 'label',
        fromTitle: 'User',
        to: 'model',
        toTitle: 'Model',
        value: 'answered_turns',
        click: { link: 'user', field: 'user_id' },
      },
      isWide: true,
      columns: [PERSON, INSTANCE, MODEL, { field: 'answered_turns', format: 'integer' }],
    },
    {
      type: 'table',
      id: 'userModels',
      title: 'Users and models',
      description: 'Turns of each user that each model answered, and its share of all answers to the user.',
      dataset: 'user_models',
      rowsAre: 'pairs of user and model',
      columns: [
        RANK,
        PERSON,
        INSTANCE,
        MODEL,
        { field: 'answered_turns', format: 'integer' },
        {
          field: 'turn_share',
          title: 'Share',
          format: 'percent',
          definition:
            "Turns of this row / all turns; in a user's row those that the model answered / all answered turns of the user.",
        },
        { field: 'generations', format: 'integer' },
      ],
    },
  ],
};
