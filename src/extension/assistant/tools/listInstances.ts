import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { chosenOf } from '../available';
import { rowsTable } from '../markdownTable';
import { toolOf } from '../toolTypes';
import { todayText } from '../modelWords';

/** What can be asked about, and how fresh it is. */
export const listInstances = toolOf({
  name: 'openwebui_list_instances',
  input: v.object({}),
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
    return Promise.resolve(`${rowsTable(rows)}\n\n${todayText(now, zone)}`);
  },
});
