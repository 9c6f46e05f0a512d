import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds';

/** Language of our query documents, and of nothing else: no other extension's keys or buttons meet ours. */
export const QUERY_LANGUAGE = 'openwebui-sql';

const RUN_ALL: CommandId = 'openwebuiSync.runAllStatements';

const EXAMPLE = `
SELECT u.name, COUNT(m.id) as message_count FROM users u JOIN chats c ON u.id = c.user_id JOIN messages m ON c.id = m.chat_id
WHERE u.instance_id = 1 AND u.is_deleted = 0 GROUP BY u.id ORDER BY message_count DESC LIMIT 10;
`;

/** The first line becomes the tab's title. */
function template(): string {
  const comments = [
    l10n.t('Messages per user of the first instance'),
    l10n.t(
      'Run with Ctrl+Enter (Cmd+Enter): the statement under the cursor, or the selection, on a read-only copy.',
    ),
    l10n.t(
      'Tables: instances, users, chats, chat_models, messages, models, knowledge_bases, files, sync_runs',
    ),
  ];
  return [...comments.map((comment) => `-- ${comment}`), EXAMPLE].join('\n');
}

/** Opens an untitled query document with an example that runs as it stands; the cursor waits in the example. */
export async function openNewQuery(): Promise<void> {
  const content = template();
  await openQuery(content, { cursorAt: content.indexOf('SELECT') });
}

/**
 * Opens an untitled query document with a text.
 * @param run every statement of it is run at once
 * @param cursorAt offset into the text; default: its start
 */
export async function openQuery(
  content: string,
  { run = false, cursorAt = 0 }: { readonly run?: boolean; readonly cursorAt?: number } = {},
): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: QUERY_LANGUAGE, content });
  const editor = await vscode.window.showTextDocument(document);
  const start = document.positionAt(cursorAt);
  editor.selection = new vscode.Selection(start, start);
  if (run) {
    await vscode.commands.executeCommand(RUN_ALL);
  }
}
