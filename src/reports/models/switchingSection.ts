import { RANK } from '../columns';
import type { ColumnDefinition, SectionDefinition } from '../reportDefinition';
import { MATRIX_MODELS } from './switching';

const FROM: ColumnDefinition = {
  field: 'from_model',
  title: 'From',
  link: { kind: 'model', key: 'from_id' },
};
const TO: ColumnDefinition = { field: 'to_model', title: 'To', link: { kind: 'model', key: 'to_id' } };

/** Who goes on with another model. */
export const SWITCHING_SECTION: SectionDefinition = {
  id: 'switching',
  title: 'Switching',
  blocks: [
    {
      type: 'kpis',
      id: 'switchingKpis',
      dataset: 'switching',
      tiles: [{ metric: 'followed_replies' }, { metric: 'switches' }, { metric: 'switch_rate' }],
    },
    {
      type: 'chart',
      id: 'switchMatrix',
      title: 'Next replies',
      description: `After a reply of one model, which one gives the next? The ${MATRIX_MODELS} models with the most replies.`,
      dataset: 'switch_matrix',
      chart: {
        kind: 'matrix',
        from: 'from_model',
        fromTitle: 'From',
        to: 'to_model',
        toTitle: 'To',
        value: 'next_reply_share',
      },
      isWide: true,
      columns: [
        FROM,
        TO,
        {
          field: 'times',
          title: 'Replies',
          format: 'integer',
          definition: 'Replies of the one model whose next reply is by the other.',
        },
        { field: 'next_reply_share', format: 'percent' },
      ],
    },
    {
      type: 'table',
      id: 'switchTable',
      title: 'Switches',
      description: 'Next replies by another model, the most frequent first.',
      dataset: 'switch_list',
      rowsAre: 'switches',
      columns: [
        RANK,
        FROM,
        TO,
        {
          field: 'times',
          title: 'Replies',
          format: 'integer',
          definition: 'Replies of the one model whose next reply is by the other.',
        },
        { field: 'next_reply_share', format: 'percent' },
      ],
    },
  ],
};
