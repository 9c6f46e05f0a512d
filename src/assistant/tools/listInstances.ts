import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { formatDateTime } from '../../sync/words';
import { chosenOf } from '../available';
import { rowsTable } from '../markdownTable';
import { toolOf } from '../toolTypes';
import { todayText } from '../modelWords';

/** What can be asked about, and how fresh it is. */
export const listInstances = toolOf({
  name: 'openwebui_list_instances',
  input: v.object({}),
  output: v.object({
    now: v.string(),
    zone: v.string(),
    instances: v.array(
      v.object({
        instance_id: v.number(),
        name: v.string(),
        open_webui_version: v.nullable(v.string()),
        last_sync: v.nullable(v.string()),
        users: v.nullable(v.number()),
        chats: v.nullable(v.number()),
        messages: v.nullable(v.number()),
        message_text: v.picklist(['available', 'not available']),
      }),
    ),
  }),
  progress: () => l10n.t('Looking at the Open WebUI instances'),
  run: async (_input, { available, status, now, zone }) => {
    const rows = chosenOf(available).map(({ id, name, text }) => {
      const known = status.find(({ instanceId }) => instanceId === id);
      return {
        instance_id: id,
        name,
        open_webui_version: known?.version ?? null,
        last_sync: known?.lastSync ?? null,
        users: known?.users ?? null,
        chats: known?.chats ?? null,
        messages: known?.messages ?? null,
        message_text: text ? 'available' : 'not available',
      };
    });
    return Promise.resolve({
      text: `${rowsTable(rows)}\n\n${todayText(now, zone)}`,
      data: { now: formatDateTime(now, zone), zone, instances: rows },
    });
  },
});
